@echo off
rem Runs Maven with a JDK of at least 25. `build` alone is `build verify`.
setlocal
call "%~dp0scripts\find-jdk.cmd" javac.exe || exit /b 1
where mvn >nul 2>nul || (echo build: Maven 3.8.7 or newer is needed and there is no mvn on the PATH. 1>&2 & exit /b 1)
set "JAVA_HOME=%HOWDAH_JDK%"
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC %MAVEN_OPTS%"
set "GOALS=%*"
if "%GOALS%"=="" set "GOALS=verify"
call mvn -f "%~dp0pom.xml" %GOALS%
exit /b %ERRORLEVEL%
