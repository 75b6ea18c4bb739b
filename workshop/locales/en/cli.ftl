help-workshop = The FastAPI workshop: ten steps that grow a production service.
help-lang = Language of the messages: en or ru. By default, the one of your system.
help-run = Start an app with everything it needs and show its links.
help-why = Tell which step wrote a line of the finished app.
help-services = PostgreSQL and Redis without Docker.
help-author = For authors of the course: work on the layers.
lang-unknown =
  There is no language “{ $asked }” here. Known ones: { $known }.
  Example: workshop --lang en services status
