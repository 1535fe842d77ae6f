@echo off
rem Howdah from a checkout: builds on first use, then runs.
setlocal
if not exist "%~dp0cli\target\dist\lib\built" (
  echo howdah: building ^(the first time this takes a minute or two and fetches libraries^) ... 1>&2
  call "%~dp0build.cmd" -q -pl cli -am -Punchecked package || exit /b 1
)
call "%~dp0cli\target\dist\bin\howdah.cmd" %*
exit /b %ERRORLEVEL%
