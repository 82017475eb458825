# Installs wps_xl for the user who runs it. No administrator, no network.
#
#   powershell -ExecutionPolicy Bypass -File install.ps1 [-Shortcuts]
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Remove
#
# It writes %LOCALAPPDATA%\wps_xl (a private Python environment), an entry of the start menu, with
# -Shortcuts two on the desktop, and what "wps-xl addin install" names: the add-in in Excel's start
# folder, the settings in %USERPROFILE%\.wps_xl. Exit status: 0 done, 2 not done.
param([switch]$Remove, [switch]$Shortcuts)
$ErrorActionPreference = "Stop"
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$target = Join-Path $env:LOCALAPPDATA "wps_xl"
$venv = Join-Path $target "venv"
$python = Join-Path $venv "Scripts\python.exe"
$menu = Join-Path $env:APPDATA "Microsoft\Windows\Start Menu\Programs"
$inUse = "Close Excel and all command windows, then run this again."

function Stop-With([string]$sentence) { Write-Host $sentence; exit 2 }

function Invoke-Step([string]$program, [string[]]$words, [string]$sentence) {
    # What Python says on its error stream is no reason to stop; its exit status is.
    $ErrorActionPreference = "Continue"
    & $program @words
    if ($LASTEXITCODE -ne 0) { Stop-With $sentence }
}

function Find-Python([string]$wanted) {
    # The wheels fit one version. What a Python from the Microsoft Store writes into AppData lands
    # elsewhere, where Excel does not find it.
    $check = "import sys, sysconfig as s; sys.exit('WindowsApps' in sys.base_prefix or s.get_python_version() + ' ' + s.get_platform() != '$wanted')"
    $version = $wanted.Split(" ")[0]
    foreach ($command in @("py -$version -I", "python -I")) {
        $program, $options = -split $command
        try { & $program $options -c $check 2>$null }
        catch { continue }
        if ($LASTEXITCODE -eq 0) { return $command }
    }
    Stop-With "Python $wanted was not found. Install it from python.org or your software centre (not from the Microsoft Store), then run this again."
}

function New-Shortcut([string]$folder, [string]$name, [string]$program, [string]$words) {
    try {
        $link = (New-Object -ComObject WScript.Shell).CreateShortcut((Join-Path $folder "WPS 1325 $name.lnk"))
        $link.TargetPath = $program
        $link.Arguments = $words
        $link.WorkingDirectory = $env:USERPROFILE
        $link.Save()
    }
    catch { Write-Host "The shortcut WPS 1325 $name could not be made; everything else works without it." }
}

function Get-Desktop {
    try { [Environment]::GetFolderPath("Desktop") } catch { Join-Path $env:USERPROFILE "Desktop" }
}

# Other people's Excel, on a server for many, is no matter.
$session = (Get-Process -Id $PID).SessionId
if (Get-Process -Name EXCEL -ErrorAction SilentlyContinue | Where-Object { $_.SessionId -eq $session }) { Stop-With $inUse }

if ($Remove) {
    if (Test-Path $python) {
        Invoke-Step $python (-split "-I -m wps_xl addin uninstall") "If Python does not start any more, delete wps_xl.xlam in $env:APPDATA\Microsoft\Excel\XLSTART, $target and $env:USERPROFILE\.wps_xl."
    }
    Remove-Item -Path "$menu\WPS 1325 *.lnk", "$(Get-Desktop)\WPS 1325 *.lnk" -ErrorAction SilentlyContinue
    try { if (Test-Path $target) { Remove-Item -Recurse -Force $target } }
    catch { Stop-With "Some of $target could not be deleted. $inUse" }
    Write-Host "wps_xl is gone. Workbooks and drafts are as they were."
    exit 0
}

$program, $options = -split (Find-Python (Get-Content (Join-Path $here "python.txt")))
Invoke-Step $program (@($options) + @("-m", "venv", "--clear", $venv)) "The private Python environment could not be made in $target. $inUse"
Set-Location $here
Invoke-Step $python (-split "-I -m pip --isolated install --no-index --find-links wheels --require-hashes --requirement requirements.txt --quiet --disable-pip-version-check") "The wheels could not be installed; the lines above say why."
Invoke-Step $python (-split "-I -m wps_xl addin install --file wps_xl.xlam") "The add-in could not be put in place; the line above says why."

New-Shortcut $menu "command window" "$env:SystemRoot\System32\cmd.exe" "/k call `"$venv\Scripts\activate.bat`" && wps-xl --help"
if ($Shortcuts) {
    # Files are dropped on these. Python reads their names itself: a shell would run parts of some.
    $run = "-I -c `"import atexit; atexit.register(input, 'Press Enter to close this window. '); from wps_xl.cli import main; main()`""
    New-Shortcut (Get-Desktop) "validate" $python "$run validate"
    New-Shortcut (Get-Desktop) "consolidate" $python "$run consolidate --workbook"
}
& $python -I -m wps_xl addin diagnose
Write-Host "Start Excel: the tab WPS 1325 stands at the end of the ribbon."
exit 0
