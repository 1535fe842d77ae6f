@echo off
rem Finds a Java of at least 25 (argument: java.exe or javac.exe) and sets HOWDAH_JDK, or says what is missing.
set "HOWDAH_JDK="
for %%H in ("%HOWDAH_JAVA_HOME%" "%JAVA_HOME%") do call :try %%H %1
if not defined HOWDAH_JDK for /d %%H in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%USERPROFILE%\.jdks\*") do call :try "%%~H" %1
if defined HOWDAH_JDK exit /b 0
echo howdah: Java 25 or newer is needed. Install one, for example Eclipse Temurin 25, or set HOWDAH_JAVA_HOME to where it is. 1>&2
exit /b 1

:try
if defined HOWDAH_JDK goto :eof
if "%~1"=="" goto :eof
if not exist "%~1\bin\%2" goto :eof
if not exist "%~1\release" goto :eof
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "delims=." %%M in ("%%~V") do if %%M GEQ 25 set "HOWDAH_JDK=%~1"
goto :eof
