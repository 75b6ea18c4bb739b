# Работа ученика.
help-doctor = Сказать, чего не хватает этой машине и где это взять
help-status = Показать шаги, задания и где вы сейчас
help-start = Положить в workspace/ начало шага
help-check =
  Проверить ваш код и объяснить первую ошибку

  Одному тесту даётся 20 секунд. На медленной машине дайте ему больше, в переменной WORKSHOP_TEST_SECONDS.
help-watch = Проверять при каждом сохранении
help-hint = Показать следующую подсказку
help-diff = Показать, что вы написали, или сравнить два шага
help-solution = Показать решение курса
help-reset = Вернуть шаг или отдельные файлы к началу
help-undo = Отменить изменение, сделанное инструментом
help-next = Проверить и перейти к следующему шагу
help-update = Перенести изменения курса в ваш код
help-exercises = Проверить, что задания решаются так, как объявлено

learn-argument-step = Номер шага; по умолчанию тот, на котором вы сейчас
learn-argument-task = Задание, например 01.2; по умолчанию первое невыполненное
learn-argument-paths = Файлы или каталоги приложения; по умолчанию всё
learn-argument-change = Номер изменения; по умолчанию последнее
learn-argument-diff = Номер шага (его конец), start, mine или final
learn-help-json = Ответить в JSON — для программ
learn-help-list = Перечислить изменения, которые можно отменить
learn-help-keep = Сохранить ваш код: слить с ним изменения курса средствами git
learn-help-next-force = Идти дальше, хотя не все задания выполнены
learn-help-challenge = Проверить дополнительное задание шага
learn-help-capstone = Проверить итоговое задание, после последнего шага
learn-help-poll = Самому искать изменения, если система о них не сообщает
learn-help-again = Показать ещё раз подсказки, которые вы уже видели
learn-help-apply = Записать решение в ваш файл
learn-help-survey = Только показать, какие тесты проходят с каждым заданием

learn-saved =
  Ваши файлы сохранены в том виде, в каком были (изменение { $number }).
  Вернуть их можно в любой момент: workshop undo { $number }
learn-interrupted =
  Одна из прошлых команд была прервана, пока меняла ваши файлы.
  Вернуть то, что было до неё: workshop undo { $number }
learn-changed = { $count ->
    [0] Ни один файл менять не пришлось.
    [one] Изменился { $count } файл:
    [few] Изменились { $count } файла:
   *[many] Изменилось { $count } файлов:
  }
learn-repository =
  { $folder } теперь ваш собственный репозиторий git: делайте в нём коммиты, когда захотите.
  Ваши ветки и коммиты инструмент не трогает.
learn-step = Шаг { $number }: { $title }
learn-where = Ваше приложение — в каталоге { $folder }: правьте файлы там и больше нигде.
learn-page =
  Страница этого шага:
  {"  "}{ $page }
learn-begin =
  Что нужно сделать, покажет workshop check.
  Проверка при каждом сохранении: workshop watch
learn-old = С тех пор как создан ваш каталог workspace, курс изменился. Взять изменения: workshop update
learn-conflicts = { $count ->
    [one] В { $count } файле вы и курс изменили одно и то же место:
   *[many] В { $count } файлах вы и курс изменили одно и то же место:
  }
learn-conflict-lines = в файле обе версии, между <<<<<<< mine и >>>>>>> course
learn-conflict-course-removed = в курсе этого файла больше нет; ваш оставлен
learn-conflict-you-deleted = вы удалили этот файл, а курс его изменил; файл курса вернулся
learn-conflict-whole = это не текст, слить его нельзя; оставлен ваш файл
learn-conflicts-how =
  Откройте каждый из этих файлов, оставьте нужные строки и удалите строки
  с <<<<<<<, ======= и >>>>>>>. Затем: workshop check

learn-step-unknown =
  Шага { $asked } нет: шаги — от 1 до { $last }.
  Пример: workshop start 1

workspace-none =
  Каталога { $folder } ещё нет.
  Создайте его, начав первый шаг: workshop start 1
workspace-unknown-step =
  В { $folder } есть файлы, но неизвестно, к какому шагу они относятся.
  Укажите шаг: workshop start N. Всё, что там лежит, сначала сохранится; вернёт его workshop undo.
workspace-busy =
  Другая команда workshop уже минуту меняет ваш каталог workspace.
  Дождитесь её конца или завершите её и повторите.
workspace-closed =
  Служебный каталог { $path } не создаётся: { $reason }.
  Уберите то, что стоит на его месте, или откройте запись и повторите.
workspace-unreadable =
  workspace/{ $path } не читается: { $reason }. Что не читается, того не сохранить, поэтому ничего не изменено.
  Откройте файл для чтения или уберите его и повторите.
workspace-not-saved =
  Сохранить ваши файлы в { $folder } не удалось, поэтому ничего не изменено.
  Проверьте, не кончилось ли место на диске: workshop doctor
workspace-directory-in-the-way =
  workspace/{ $path } — каталог с файлами, которые git не учитывает, а в курсе так называется файл.
  Уберите каталог и повторите.
workspace-restless =
  workspace/{ $path } всё время меняется, пока работает команда.
  Остановите программу, которая его пишет, и повторите.

undo-nothing = Отменять нечего: инструмент ещё не менял ваших файлов.
undo-unknown =
  Изменения { $asked } нет; последнее — { $last }.
  Все изменения: workshop undo --list
undo-done = Всё так, как было до «{ $command }» (изменение { $number }).
undo-line = { $number }  { $made }  до команды: workshop { $command }
reset-same = Файлы и так в начальном состоянии.
reset-unknown =
  Файла { $path } в этом шаге нет. Похожие: { $near }.
  Назовите файл приложения, например app/main.py.

status-no-tasks = без заданий
status-begin = Начните: workshop start 1
status-next = Проверить: workshop check · не получается: workshop hint
status-capstone =
  Вы на итоговом задании. Его текст: exercises/capstone/README.ru.md
  Проверить: workshop check --capstone

check-later =
  В workspace сейчас шаг { $current }, поэтому шаг { $asked } проверять рано.
  Перейти к нему: workshop start { $asked }
page-place = { $title ->
    [none] { $place }
   *[other] { $place } «{ $title }»
  }
page-site = workshop docs serve, потом { $url }
check-begins = Тесты начинаются…
check-runs = Тесты: { $ended } из { $known }
check-limit =
  В { $setting } стоит «{ $asked }», а нужно число секунд больше нуля.
  Пример: { $setting }=60. Без этой переменной у теста 20 секунд.
check-others-title = Задания выполнены, но что-то другое перестало работать
check-next-hint = workshop hint   (подсказка { $number } из { $total })
check-next-solution = workshop solution { $task }   (все подсказки вы уже видели)
check-done = { $count ->
    [one] Готово: прошёл { $count } тест за { $seconds } с.
    [few] Готово: прошли все { $count } теста за { $seconds } с.
   *[many] Готово: прошли все { $count } тестов за { $seconds } с.
  }
check-done-next = Дальше: workshop next   (workshop next --keep возьмёт ваш код с собой)
check-done-last = Это был последний шаг. Осталось итоговое задание, собственный модуль: workshop start capstone
check-left = { $left ->
    [0] Все задания выполнены, но шаг ещё не закончен ({ $seconds } с).
    [one] Осталось { $left } задание из { $count } ({ $seconds } с).
    [few] Осталось { $left } задания из { $count } ({ $seconds } с).
   *[many] Осталось { $left } заданий из { $count } ({ $seconds } с).
  }
capstone-later =
  Итоговое задание идёт после последнего шага, а ваш рабочий каталог до него ещё не дошёл.
  Продолжайте командой `workshop next` или перейдите сразу: `workshop start capstone` выложит конец шага { $last }.
capstone-none =
  Итогового задания в курсе пока нет: нет каталога exercises/capstone.
  Получите его командой `git pull`, затем выполните `workshop update`.
capstone-text = Итоговое задание описано в { $file }.
capstone-done = Итоговое задание выполнено: тесты прошли все ({ $count }), за { $seconds } с.
capstone-left = { $left ->
    [one] Остался { $left } этап из { $count } ({ $seconds } с).
    [few] Осталось { $left } этапа из { $count } ({ $seconds } с).
   *[many] Осталось { $left } этапов из { $count } ({ $seconds } с).
  }
capstone-begin = Проверить: `workshop check --capstone`. Прежнее состояние сохранено: `workshop undo`.
challenge-none =
  У шага { $step } нет дополнительного задания.
  Обычные задания: workshop status
challenge-done = Дополнительное задание выполнено.
challenge-left = Дополнительное задание пока не выполнено.

hint-number = Подсказка { $number } из { $total }
hint-more = Ещё одна: workshop hint
hint-last = Это была последняя подсказка. Решение: workshop solution { $task }
solution-apply = Записать это в ваш файл (сначала он сохранится): workshop solution { $task } --apply
solution-applied = Решение записано в ваши файлы. Что оно даёт, покажет workshop check
solution-whole = { $path } не удалось прочитать как Python с таким определением, поэтому файл заменён целиком.

task-none-in-step = В этом шаге нет заданий.
  Дальше: workshop next
task-unknown =
  Задания { $asked } в этом шаге нет, есть { $known }.
  Все задания: workshop status
task-all-done = Все задания этого шага выполнены. Дальше: workshop next
task-all-done-last =
  Все задания последнего шага выполнены. Осталось итоговое задание, собственный модуль.
  Начать его: workshop start capstone
task-capstone =
  Вы на итоговом задании: в нём этапы, а не задания, и подсказок к ним нет. Где читать, говорит проверка.
  Проверить: workshop check --capstone. Решение для сравнения: exercises/capstone/solution

next-unfinished = Шаг ещё не закончен, поэтому вы остаётесь на нём. Всё равно идти дальше: workshop next --force
next-last =
  Шаг { $step } — последний из имеющихся. Вы прошли всё.
  Осталось итоговое задание, собственный модуль: workshop start capstone
update-nothing = С тех пор как создан ваш каталог workspace, курс не менялся.
update-done = Изменения курса перенесены в ваш код. Всё ли работает, покажет workshop check
diff-same = { $before } и { $after } не различаются.
diff-unknown =
  Сравнивать с { $asked } нечего.
  Укажите номер шага от 1 до { $last } (его конец), start, mine или final: workshop diff 1 2
watch-begins = Жду, когда вы сохраните файл в workspace/. Остановить: Ctrl-C
watch-polls = Здесь система не сообщает о сохранённых файлах, поэтому инструмент проверяет их сам, три раза в секунду. Остановить: Ctrl-C
watch-waits = … жду следующего сохранения (остановить: Ctrl-C)
