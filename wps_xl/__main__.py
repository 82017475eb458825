"""``python -m wps_xl``: the command line."""

from wps_xl.cli import main

main()
