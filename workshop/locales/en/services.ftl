# Commands
help-services-up = Start PostgreSQL, Redis and a mailbox and show where they are.
help-services-down = Stop PostgreSQL, Redis and the mailbox. Addresses from the environment or .env are left alone.
help-services-wipe = Also delete their data and logs.
help-services-status = Show how the services do. The exit code is 0 only if all of them answer.
help-services-json = Print JSON.
help-services-env = Print the addresses with passwords. For a shell: eval "$(workshop services env)".
help-services-format = sh, powershell or dotenv. By default, for your system's shell.

# Tables
services-column-service = Service
services-column-state = State
services-column-address = Address
services-column-place = Data and log
services-state-running = running
services-state-external = external
services-state-stopped = stopped
services-state-crashed = crashed
services-state-silent = no answer
services-set-in = set in { $source }
services-start-them = To start them: workshop services up
services-stopped = PostgreSQL, Redis and the mailbox of this checkout are stopped. Their data is kept.
services-wiped = PostgreSQL, Redis and the mailbox of this checkout are stopped, their data and logs deleted.

# Errors
services-format =
  There is no format “{ $asked }” here. Known ones: { $known }.
  Example: workshop services env --format sh
services-busy =
  Another command has been busy with this checkout's services for two minutes.
  Wait for it or end it, then try again. Its lock is { $path }
services-no-program =
  There is no { $service } program in this Python environment; for some systems (Alpine, 32 bit) no such package exists.
  Run “nox -s dev” to install it. If that does not help, start the services with “docker compose up -d”
  and put the addresses from the head of docker-compose.yml into .env
services-no-account =
  PostgreSQL refuses to run as root, and this system has none of the users { $names } to run it as.
  Work as an ordinary user, or name a running server in DATABASE_URL.
services-closed-directory =
  PostgreSQL refuses to run as root, and the user { $account } may not enter { $path }
  Work as an ordinary user, install setpriv (package util-linux), or name a running server in DATABASE_URL.
services-modes =
  The file system at { $path } keeps neither owners nor modes of files, and PostgreSQL insists on both.
  It may be a Windows drive in WSL or a network share. Clone the repository into your home directory,
  or start the services with “docker compose up -d” and put their addresses into .env
services-cannot-make-data =
  The data directory { $path } could not be made. initdb says:
  { $reason }
  Mend that, then run: workshop services up
services-disk-full =
  There is no space left for { $path }
  Free about 100 MB, then run: workshop services up
services-unwritable =
  { $path } cannot be used: { $reason }.
  The services need .workshop as a directory that you may write to. Change its owner or rights, or delete it.
services-other-user =
  { $program } with process id { $pid } works in this checkout and belongs to the user { $user }.
  As that user, or with sudo, run: workshop services down
services-other-version =
  The data in { $path } was made by PostgreSQL { $theirs }; the one installed now is { $ours } and cannot read it.
  To start afresh (the data is deleted): workshop services down --wipe
services-password-lost =
  The data in { $data } is there, but its password is not: { $record } is missing or damaged.
  To start afresh (the data is deleted): workshop services down --wipe
services-copy =
  The data in { $path } was copied from another checkout while its server was running. Such a copy is not usable: an empty one is made.
services-not-started =
  { $service } does not start. The end of its log, { $log }:
  { $said }
  If the data is damaged, start afresh (the data is deleted): workshop services down --wipe
services-dotenv =
  { $path } cannot be read: { $reason }.
  Save it as text in UTF-8.
services-address =
  { $variable }, set in { $file ->
    [environment] the environment
   *[other] { $file }
  }, is not an address that the app can use{ $scheme ->
    [none] .
   *[other] : it begins with { $scheme }
  }
  It must begin with { $known } and name a host and port. Correct it, or remove the variable: then the workshop starts a server of its own.
services-smtp-port =
  SMTP_PORT, set in { $file ->
    [environment] the environment
   *[other] { $file }
  }, is “{ $port }”, and a port is a whole number from 1 to 65535.
  Correct it, or remove SMTP_HOST: then the workshop starts a mailbox of its own.
services-external-silent =
  Nobody answers at { $address }: { $reason }.
  { $variable }, set in { $file ->
    [environment] the environment
   *[other] { $file }
  }, points there.
  Start that server, or remove the variable: then the workshop starts a server of its own.
services-external-refuses =
  The server at { $address } answers, but refuses: { $reason }.
  { $variable }, set in { $file ->
    [environment] the environment
   *[other] { $file }
  }, points there.
  Correct the user and password in it, or remove the variable: then the workshop starts a server of its own.
