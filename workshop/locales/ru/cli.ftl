help-workshop = Воркшоп по FastAPI: за десять шагов вырастает сервис, готовый к продакшену.
help-lang = Язык сообщений: en или ru. По умолчанию — язык системы.
help-run = Запустить приложение со всем, что ему нужно, и показать ссылки.
help-why = Узнать, какой шаг написал строку готового приложения.
help-services = PostgreSQL и Redis без Docker.
help-author = Для авторов курса: работа со слоями.
lang-unknown =
  Языка «{ $asked }» здесь нет. Доступны: { $known }.
  Пример: workshop --lang ru services status
