# exercise.toml и договор упражнения.
exercise-toml =
  { $file } — не TOML в UTF-8: { $reason }.
  Исправьте это место.
exercise-missing =
  { $file }: нет «{ $key }».
  Добавьте по образцу упражнения другого шага.
exercise-type =
  { $file }: «{ $key }» — это { $expected ->
      [str] текст
      [list] список текстов
     *[dict] таблица
    }, а там что-то другое.
  Исправьте значение.
exercise-unknown =
  { $file }: ключа «{ $key }» не бывает. Известные: { $known }.
  Исправьте имя или удалите ключ.
exercise-id =
  { $file }: задание «{ $found }» должно называться «{ $expected }»: шаг, точка, место в списке.
  Исправьте id или порядок заданий.
exercise-empty =
  { $file }: «{ $key }» пусто.
  Назовите хотя бы одно.
exercise-count =
  { $file }: заданий — { $count }.
  Сделайте от { $fewest } до { $most }.
exercise-language =
  { $file }: нет «{ $key }» на языке { $language }.
  Добавьте { $key }.{ $language }.
exercise-hints =
  { $file }: подсказок к { $task } — { $counts }.
  Напишите поровну на каждом языке, от { $fewest } до { $most }.
exercise-test-form =
  { $file }: в { $key } указано «{ $test }», а это не тест.
  Пишите tests/….py или tests/….py::test_name.
exercise-needs =
  { $file }: { $task } опирается на { $needed }, а раньше такого задания нет.
  Назовите задание выше по списку или измените порядок.
exercise-twice =
  { $file }: { $test } указан дважды, в { $first } и в { $second }.
  Оставьте его в одном месте.
exercise-no-file =
  { $file }: цель называет { $path }, а такого файла в шаге нет. Похожие: { $near }.
  Исправьте путь.
exercise-nothing-to-blank =
  { $path }: { $name } нельзя очистить: нет такой функции, метода, класса с методами или присваивания.
  Исправьте цель в exercise.toml.
exercises-hold = { $step }: с упражнением всё в порядке.

slip-no-exercise =
  У { $step } нет упражнения.
  Напишите { $file }.
slip-other-layer =
  { $file }: { $task } очищает { $target }, а это не файл слоя { $layer }: начало шага отняло бы то, что было в конце предыдущего.
  Выберите определение в файле, который { $layer } добавляет или заменяет.
slip-whole-file =
  { $file }: { $task } называет файл { $target } без определения.
  Напишите { $target }::имя.
slip-end-import =
  { $file }: в конце шага { $test } даже не импортируется: { $reason }.
  Исправьте шаг: workshop author test N
slip-end-fails =
  { $file }: в конце шага { $test } не проходит: { $reason }.
  Исправьте шаг: workshop author test N
slip-unknown-test =
  { $file }: теста { $test } в шаге нет.
  Исправьте имя или уберите его.
slip-hang =
  { $file }: { $tree ->
      [start] в начале шага
      [end] в конце шага
     *[other] с готовым { $tree }
    } { $test } не закончился за { $seconds } с. Выполнялось: { $place }
  Очистите что-нибудь другое или ограничьте тест по времени. На медленной машине: WORKSHOP_TEST_SECONDS=60
slip-crash =
  { $file }: { $tree ->
      [start] в начале шага
      [end] в конце шага
     *[other] с готовым { $tree }
    } процесс закончился раньше, чем тесты.
  Его последние слова: { $log }
survey-cut =
  Какие тесты проходят с каким заданием, сказать нельзя: не все удалось выполнить.
  { $reason }
slip-start-import =
  { $file }: с очищенными определениями { $test } не импортируется: { $reason }. Ученик увидел бы только это.
  Очищайте то, что выполняется позже, а не при импорте.
slip-undeclared =
  { $file }: { $test } в начале не проходит, но ни в одном задании не указан: { $reason }.
  Добавьте его к заданию, с которым он проходит, или в together (workshop author exercises N --survey).
slip-already-green =
  { $file }: { $test } указан, но проходит уже в начале.
  Уберите его или очистите то, что он проверяет.
slip-wrong-reason =
  { $file }: { $test } в начале не проходит по причине, которая ничему не учит: { $reason }.
  Очищайте иначе или назовите это исключение в reasons.
slip-task-short =
  { $file }: с готовым { $task } (и тем, на что оно опирается: { $needs }) { $test } всё равно не проходит: { $reason }.
  Назовите в needs, что ещё нужно, или перенесите тест в другое задание.
slip-task-more =
  { $file }: одного { $task } достаточно, чтобы прошёл { $test }, а в нём он не указан.
  Укажите его там.
slip-no-challenge =
  Дополнительного задания нет.
  Напишите { $file }: README.en.md, README.ru.md, tests/ и solution/.
slip-challenge-part =
  В { $file } нет { $part }.
  Добавьте.
slip-challenge-green =
  { $file }: без решения тесты не должны проходить, а эти проходят: { $tests }.
  Проверяйте то, чего шаг ещё не делает.
slip-challenge-fails =
  { $file }: с решением { $test } не проходит.
  Исправьте решение или тест.

# Итоговое задание.
capstone-no-stages =
  У итогового задания нет { $file }.
  Напишите его: что строится, в каком порядке и какие тесты это показывают.
capstone-patch =
  { $file } больше не подходит к курсу: { $reason }.
  Внесите те же изменения в нынешние файлы и получите патч заново: git diff -U1
slip-capstone-stage =
  { $file }: ни один этап не называет { $test }, поэтому проверка его пропустит.
  Добавьте его в этап.
slip-capstone-page =
  { $file } отправляет читателя на страницу { $page }, которой нет.
  Исправьте название страницы.
slip-capstone-replaces =
  { $file }: решение приносит { $path }, но такой файл есть и в курсе, и его изменения пропали бы.
  Перенесите добавленные строки в { $patch }.
slip-capstone-reason =
  { $file }: без решения { $test } не проходит по причине, которая ничему не учит: { $reason }.
  Пусть тест сначала посмотрит на ответ.
