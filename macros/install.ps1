# Installs wps_xl for the user who runs it. No administrator, no network.
#
#   powershell -ExecutionPolicy Bypass -File install.ps1 [-Remove] [-Shortcuts]
#
# It writes to two places: %LOCALAPPDATA%\wps_xl (a private Python environment) and what
# "wps-xl addin install" names: the add-in in Excel's start folder, the settings in %USERPROFILE%\.wps_xl.
param([switch]$Remove, [switch]$Shortcuts)
$ErrorActionPreference = "Stop"
$here = Split-Path -Parent $MyInvocation.MyCommand.Path
$target = Join-Path $env:LOCALAPPDATA "wps_xl"
$python = Join-Path $target "venv\Scripts\python.exe"

function Stop-With([string]$sentence) { Write-Host $sentence; exit 2 }

function Test-Excel { [bool](Get-Process -Name EXCEL -ErrorAction SilentlyContinue) }

function Find-Python {
    # The wheels of the bundle fit one version of Python: the one that for_it.md names.
    foreach ($command in @("py -3.13", "py -3.12", "py -3.11", "python")) {
        $words = $command.Split(" ")
        try { & $words[0] @($words | Select-Object -Skip 1) -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>$null }
        catch { continue }
        if ($LASTEXITCODE -eq 0) { return $command }
    }
    Stop-With "Python 3.11 or later was not found. Install it from python.org or your software centre, then run this again."
}

function New-Shortcut([string]$name, [string]$words) {
    $link = (New-Object -ComObject WScript.Shell).CreateShortcut(
        (Join-Path ([Environment]::GetFolderPath("Desktop")) "$name.lnk"))
    $link.TargetPath = "$env:SystemRoot\System32\cmd.exe"
    $link.Arguments = "/k `"`"$python`" -m wps_xl $words`""
    $link.Save()
}

if (Test-Excel) { Stop-With "Close Excel, then run this again." }

if ($Remove) {
    if (Test-Path $python) { & $python -m wps_xl addin uninstall }
    if (Test-Path $target) { Remove-Item -Recurse -Force $target }
    Write-Host "wps_xl is gone. Workbooks and drafts are as they were."
    exit 0
}

$words = (Find-Python).Split(" ")
& $words[0] @($words | Select-Object -Skip 1) -m venv (Join-Path $target "venv")
if ($LASTEXITCODE -ne 0) { Stop-With "The private Python environment could not be made in $target." }
& $python -m pip install --no-index --find-links (Join-Path $here "wheels") --require-hashes `
    --requirement (Join-Path $here "requirements.txt") --quiet --disable-pip-version-check
if ($LASTEXITCODE -ne 0) { Stop-With "The wheels could not be installed: they may be for another version of Python. See for_it.md." }
& $python -m wps_xl addin install --file (Join-Path $here "wps_xl.xlam")
if ($LASTEXITCODE -ne 0) { Stop-With "The add-in could not be put in place; the line above says why." }
if ($Shortcuts) { New-Shortcut "WPS 1325 command window" "--help" }
& $python -m wps_xl addin diagnose
Write-Host "Start Excel: the tab WPS 1325 stands at the end of the ribbon."
