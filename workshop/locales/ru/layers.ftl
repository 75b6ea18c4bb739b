# Чтение steps/ и step.toml.
layers-none =
  В { $folder } нет ни одного шага.
  Создайте первый: каталог вида steps/01_database с файлом step.toml.
layers-folder-name =
  { $folder }: имя каталога шага — две цифры и короткое имя, например 05_events.
  Переименуйте каталог или уберите его из steps/.
layers-manifest-missing =
  В { $folder } нет step.toml, поэтому это ещё не шаг.
  Напишите { $file } с ключами number, slug, title и services по образцу других шагов.
layers-folder-mismatch =
  { $file }: number = { $number } и slug = "{ $slug }" не совпадают с именем каталога { $folder }.
  Исправьте эти ключи или переименуйте каталог в { $expected }.
layers-number-twice =
  Номер { $number } есть у двух шагов: { $first } и { $second }.
  Дайте одному из них другой номер — и в имени каталога, и в step.toml.
layers-number-gap =
  { $folder }: перед ним нет шага { $missing }, а шаги нумеруются подряд: 01, 02, 03, …
  Добавьте недостающий шаг или смените номер этого каталога и его step.toml.
layers-toml-encoding =
  { $file } не в UTF-8: байт { $position } не читается.
  Сохраните файл в UTF-8.
layers-toml-invalid =
  В { $file } ошибка синтаксиса TOML: { $reason }.
  Исправьте это место.
layers-key-missing =
  { $file }: нет ключа «{ $key }».
  Добавьте его, например: { $example }
layers-key-unknown =
  { $file }: ключа «{ $key }» не бывает. Известные: { $known }.
  Исправьте имя или удалите ключ.
layers-key-type =
  { $file }: значением «{ $key }» должно быть { $expected ->
      [int] целое число
      [str] строка в кавычках
      [list] перечисление в квадратных скобках
     *[dict] вложенная таблица
    }, а там { $found }.
  Исправьте значение.
layers-slug-invalid =
  { $file }: number = { $number } и slug = "{ $slug }" не годятся для шага.
  Номера начинаются с 1; slug — строчные латинские буквы, цифры и «_», первой идёт буква.
layers-service-unknown =
  { $file }: в services указан «{ $service }», а такого сервиса воркшоп не запускает. Известные: { $known }.
  Исправьте имя или удалите его.
layers-service-twice =
  { $file }: в services дважды указан «{ $service }».
  Оставьте один.
layers-digest-invalid =
  { $file }: в [replaces] для { $path } стоит «{ $found }», а нужно «sha256:» и 64 шестнадцатеричные цифры.
  Удалите строку и выполните: workshop author pin ШАГ { $path }
layers-path-unsafe =
  { $file }: в «{ $key }» указан «{ $path }», а это не путь внутри приложения.
  Пишите путь от корня приложения, через «/», без «..», с именами, допустимыми в Windows: app/main.py.
layers-path-twice =
  { $file }: { $path } указан дважды: в «{ $first }» и в «{ $second }».
  Оставьте один.
layers-symlink =
  { $file } — символическая ссылка; в Windows git превращает её в текстовый файл.
  Положите туда обычный файл.
layers-crlf =
  В { $file } строки заканчиваются на CRLF.
  Сохраните его с концами строк LF (это настраивается в редакторе или в .editorconfig).
layers-name-refused =
  { $file }: имя «{ $part }» не допускает Windows, либо оно занято git или воркшопом.
  Переименуйте файл.
layers-clash =
  { $first } и { $second } не уживутся в Windows и macOS: их пути различаются только регистром букв,
  или там, где нужен каталог, лежит файл.
  Переименуйте один из них или добавьте нижний в «removes» верхнего step.toml.

# Запись собранного дерева.
layers-tree-locked =
  Другой процесс уже минуту пишет в { $target }.
  Дождитесь его или завершите и повторите команду.
layers-tree-file-in-the-way =
  { $path } — файл, а у приложения там каталог.
  Перенесите свой файл в другое место и повторите команду.
layers-tree-directory-in-the-way =
  { $path } — каталог с вашими файлами, а у приложения там файл.
  Перенесите каталог в другое место и повторите команду.

# Git.
git-missing =
  Git не установлен или не находится через PATH.
  Установите его с https://git-scm.com/downloads, откройте новый терминал и повторите команду.
git-no-repository =
  { $folder } — не корень репозитория git.
  Склонируйте воркшоп через git или создайте здесь репозиторий: git init, git add ., git commit.
git-failed =
  Команда «{ $command }» не выполнилась в { $folder }:
  { $complaint }
  Исправьте то, на что указывает git, и повторите команду.
