import { refusalsOf } from '../../../../sandbox/provider/refusals/value-refusals';

const TIME =
  'expected {name} to be a date: parsing time {quoted} as "2006-01-02T15:04:05Z07:00": cannot parse {quoted} as "2006"';
const YEAR =
  'expected {name} to be a date: parsing time "2001:db8" as "2006-01-02T15:04:05Z07:00": cannot parse ":db8" as "-"';
const DURATION = '{name} cannot be parsed as a duration: time: invalid duration {quoted}';
const UNIT = '{name} cannot be parsed as a duration: time: missing unit in duration {quoted}';
const BOOL = "{name}: cannot parse '{value}' as boolean: strconv.ParseBool: parsing {quoted}: invalid syntax";
const INT = "{name}: cannot parse '{value}' as int: strconv.ParseInt: parsing {quoted}: invalid syntax";

it.each([
  ['2030-01-01T00:00:00Z', [TIME, YEAR], []],
  ['2030-01-01T00:00:00+09:00', [TIME, YEAR], []],
  ['tomorrow', [TIME, YEAR], [TIME]],
  ['2001:db8', [TIME, YEAR], [YEAR]],
  ['10m', [DURATION, UNIT], []],
  ['1h30m', [DURATION, UNIT], []],
  ['0', [DURATION, UNIT], []],
  ['soon', [DURATION, UNIT], [DURATION]],
  ['', [DURATION, UNIT], [DURATION]],
  ['15', [DURATION, UNIT], [UNIT]],
  ['true', [BOOL], []],
  ['', [BOOL], []],
  ['yes', [BOOL], [BOOL]],
  ['-7', [INT], []],
  ['1.5', [INT], [INT]],
])('Go refuses %p as the recorded messages say', (value, templates, refused) => {
  const shown = (template: string) =>
    template
      .replaceAll('{name}', 'a')
      .replaceAll('{value}', value)
      .replaceAll('{quoted}', JSON.stringify(value));
  expect(refusalsOf(templates, 'a', value, [])).toEqual(refused.map(shown));
});
