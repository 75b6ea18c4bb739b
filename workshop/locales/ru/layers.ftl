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
      [list] список в квадратных скобках
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
  Git не установлен, или его нет в PATH.
  Установите его с https://git-scm.com/downloads, откройте новый терминал и повторите команду.
git-no-repository =
  { $folder } — не корень репозитория git.
  Склонируйте воркшоп через git или создайте здесь репозиторий: git init, git add ., git commit.
git-failed =
  Команда «{ $command }» не выполнилась в { $folder }:
  { $complaint }
  Исправьте то, на что указывает git, и повторите команду.

# Что назвал человек.
ask-step-unknown =
  Шага «{ $asked }» нет. Есть: { $known }.
  Назовите шаг по номеру: 05

# author check.
check-stale =
  { $file }: замена устарела. Файл под шагом { $layer } изменился с тех пор, как её написали.
  Перенесите изменение наверх: { $propagate }
check-undeclared =
  { $file } перекрывает файл нижнего шага, но в { $manifest } это не объявлено.
  Объявите замену: { $pin }
check-undeclared-append =
  { $file } перекрывает файл, который шаги дополняют, а что делает этот шаг, в { $manifest } не сказано.
  Если дополняет, впишите там "{ $path }" в «appends»; если заменяет, выполните: { $pin }
check-identical =
  { $file } заменяет файл с точно таким же содержимым.
  Измените его или удалите, а затем выполните: { $pin }
check-replaces-nothing =
  { $file } объявлен в { $manifest } заменой, но под шагом { $layer } такого файла нет.
  Сделайте его просто добавленным: { $pin }
check-replacement-missing =
  В { $manifest } объявлено, что { $path } заменяется, но файла { $file } нет.
  Напишите его или уберите объявление: { $pin }
check-appends-to-nothing =
  { $file } указан в «appends», но под шагом { $layer } дополнять нечего.
  Сделайте его просто добавленным: { $pin }
check-append-missing =
  В { $manifest } { $path } указан в «appends», но файла { $file } нет.
  Напишите его или уберите объявление: { $pin }
check-append-empty =
  { $file } пуст и ничего не дополняет.
  Впишите строки или удалите файл, а затем выполните: { $pin }
check-append-executable =
  { $file } исполняемый, но у дополняемого файла это определяет нижний слой.
  Снимите бит: git update-index --chmod=-x "{ $file }" (в Linux и macOS ещё и chmod -x)
check-removes-nothing =
  { $manifest } удаляет { $path }, но под шагом { $layer } такого файла нет.
  Уберите запись: { $pin }
check-removed-yet-present =
  { $manifest } удаляет { $path }, но { $file } в том же шаге возвращает его.
  Объявите его заменой: { $pin }
check-empty-directory =
  { $file } — пустой каталог; git такие не хранит.
  Удалите его или положите в него файл.
check-conflict =
  В { $file } остались метки конфликта git.
  Отредактируйте файл, чтобы их не осталось, и выполните: { $propagate }
check-ignored =
  { $file } игнорируется git (см. .gitignore), и в других копиях репозитория его не будет.
  Переименуйте его, сузьте шаблон или выполните: git add -f "{ $file }"
check-clean = Слои в порядке.
check-total = всего
check-column-step = шаг
check-column-files = файлов
check-column-added = добавлено
check-column-replaced = заменено
check-column-appended = дополнено
check-column-removed = удалено
check-column-share = доля замен

# author own, author pin.
own-already =
  { $file } уже есть: у шага свой такой файл.
  Правьте его там.
own-nothing =
  Под шагом { $layer } нет файла { $path }. Похожие: { $near }.
  Исправьте путь или напишите файл заново — тогда он будет добавленным.
own-done = { $file } теперь принадлежит шагу, это копия { $origin }. Правьте его там.
pin-unknown =
  { $file }: такого пути у шага нет, и в step.toml он не объявлен. Похожие: { $near }.
  Исправьте путь.
pin-conflict =
  В { $file } остались метки конфликта git.
  Отредактируйте файл, чтобы их не осталось, и повторите команду.
pin-done = В { $manifest } теперь верно сказано, что такое { $file }.
pin-unchanged = В { $manifest } и так верно сказано, что такое { $file }.

# author propagate.
propagate-nothing = Переносить нечего: устаревших замен нет.
propagate-merged = { $file }: изменение снизу влито, в { $manifest } записана новая основа.
propagate-released = { $file } стал таким же, как файл под ним, и удалён.
propagate-resolved = { $file }: конфликт разрешён, основа записана в { $manifest }.
propagate-conflict =
  { $file }: изменение снизу конфликтует с изменением этого шага; метки конфликта — в файле.
  Отредактируйте его, чтобы их не осталось, и выполните: { $propagate }
  Или, чтобы оставить файл таким, каким вы его сделаете: { $pin }
propagate-conflict-left =
  В { $file } остались метки конфликта git.
  Отредактируйте файл, чтобы их не осталось, и выполните: { $propagate }
propagate-base-lost =
  { $file }: того, на основе чего он написан, нет ни в истории git, ни на этой машине.
  Сравните его с файлом под ним вручную, затем выполните: { $pin }
propagate-binary =
  { $file } — не текст, слить его нельзя.
  Обновите его вручную, затем выполните: { $pin }

# author edit, author save.
edit-opened =
  Конец шага { $step } лежит в { $folder } — это отдельный репозиторий git.
  Правьте там, затем выполните: workshop author save { $number }
edit-unsaved =
  В { $folder } есть несохранённые правки шага { $step }.
  Сохраните их: workshop author save { $step }
  Или отбросьте: workshop author edit { $step } --discard
edit-broken =
  В { $folder } пропала запись о том, из чего это дерево собрано.
  Скопируйте оттуда нужное и выполните: workshop author edit { $number } --discard
edit-not-open =
  Дерево шага { $step } не открыто.
  Откройте его: workshop author edit { $number }
edit-layers-moved =
  { $path } изменился в слоях после того, как вы открыли дерево шага { $step }, и вы его тоже правили.
  Верните файл в steps/ или заберите свою правку из { $folder } и выполните: workshop author edit { $number } --discard
edit-inexact =
  Слои не дали бы в точности то, что вы написали в: { $paths }. Ничего не сохранено.
  Сохраняйте правки этих файлов по одной или внесите их прямо в steps/.
edit-saved = сохранено: { $file }
edit-nothing = Сохранять нечего: ни один файл не отличается.

# author branches, author import.
branches-written = { $branch }: { $commit }
branches-unchanged = { $branch }: { $commit }, без изменений
branches-deleted = { $branch }: удалена, такого шага нет
branches-checked-out =
  Ветка { $branch } открыта в { $folder }, менять её на ходу нельзя.
  Переключитесь там на другую ветку и повторите команду: git switch main
branches-foreign =
  В ветке { $branch } есть { $count ->
      [one] { $count } коммит, который сделан
      [few] { $count } коммита, которые сделаны
     *[many] { $count } коммитов, которые сделаны
    } не этой программой. Последний: { $commit }
  Перенесите их в слои: workshop author import
  Или отбросьте: workshop author branches --force
import-branch-missing =
  Ветки { $branch } нет, цепочка шагов неполна.
  Сначала создайте ветки: workshop author branches
import-layer-missing =
  Для ветки { $branch } нет шага.
  Создайте каталог steps/{ $number }_имя с step.toml или удалите ветку: git branch -D { $branch }
import-no-base =
  Ветка { $branch } не продолжает { $lower }.
  Перебазируйте её: git rebase --onto { $lower } <прежняя основа> { $branch }
import-not-rebased =
  Ветка { $branch } продолжает не последнюю версию { $lower }; она прочитана как изменение прежней.
  Посмотрите, что осталось поправить: workshop author check
import-unsaved =
  В { $file } есть незакоммиченные изменения, а импорт перезаписал бы { $count ->
      [one] этот файл
      [few] { $count } таких файла
     *[many] { $count } таких файлов
    }.
  Закоммитьте изменения в steps/ и повторите команду.
import-changed = импортировано: { $file }
import-nothing = Ветки и слои не различаются.

# final/.
final-same = В final/ ровно то, что складывается из слоёв.
final-missing =
  Нет файла { $file }; он берётся из { $origin }.
  Запишите final/ заново: nox -s final
final-extra =
  { $file } не взят ни из одного слоя.
  Если он часть приложения, перенесите его в шаг; затем запишите final/ заново: nox -s final
final-changed =
  { $file } отличается от { $origin }.
  Внесите изменение в слой, затем запишите final/ заново: nox -s final
final-made = создан: { $file }
final-rewritten = перезаписан: { $file }
final-deleted = удалён: { $file }

# why.
why-argument-place = Файл приложения или шага и, если нужно, строка: final/app/main.py:33
why-no-file =
  В приложении нет файла «{ $path }». Похожие: { $near }.
  Исправьте путь: он пишется от корня приложения, от final/ или от steps/.
why-removed =
  В готовом приложении нет { $path }: его удаляет { $manifest }.
  Спросите о файле одного из прежних шагов: steps/NN_имя/{ $path }
why-no-line =
  В { $path } нет строки { $line }: там { $count ->
      [one] { $count } строка
      [few] { $count } строки
     *[many] { $count } строк
    }.
  Назовите строку от 1 до { $count } или не называйте её вовсе.
why-outdated =
  final/{ $path } не совпадает с тем, что складывается из слоёв, и номера строк могут разойтись.
  Запишите final/ заново: nox -s final
why-line = { $path }:{ $line }: { $content }
why-written = Эту строку написал шаг { $number } ({ $title }): { $file }
why-kept = Её сохранил шаг { $number } ({ $title }), когда заменил файл: { $file }
why-file =
  { $path }: { $count ->
      [one] { $count } строка
      [few] { $count } строки
     *[many] { $count } строк
    }, файл из { $owner }
why-share =
  Шаг { $number } ({ $title }) написал { $count ->
      [one] { $count } строку
      [few] { $count } строки
     *[many] { $count } строк
    }
why-page = Страница: { $page }
why-test = Тест: { $file }

# Справка workshop author.
author-argument-step = Номер шага, например 05
author-argument-step-optional = Номер одного шага; без него — все
author-argument-path = Путь файла в приложении, например app/main.py
author-help-own = Скопировать нижний файл в шаг и объявить, что шаг его заменяет.
author-help-pin = Привести в порядок то, что шаг объявляет о файле.
author-help-propagate = Влить изменения нижних шагов в файлы, которые их заменяют.
author-help-check = Найти ошибки в слоях и посчитать их файлы.
author-help-edit = Открыть конец шага как дерево для правки.
author-help-discard = Отбросить несохранённые правки
author-help-save = Сохранить правки дерева обратно в слои.
author-help-import = Перенести правки веток step-01, step-02, … обратно в слои.
author-help-branches = Создать из слоёв ветки step-01, step-02, …
author-help-force = Отбросить коммиты, сделанные не этой программой
author-help-final = Записать final/ из всех слоёв.
author-help-final-check = Только показать различия; если они есть, код возврата 1
