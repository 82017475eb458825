"""From the workbooks that entities send to rows the office can trust."""
