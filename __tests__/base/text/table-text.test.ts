import { tableText } from '../../../base/text/table-text';

it('has columns as wide as their longest cell, and no blanks at the ends of lines', () => {
  expect(
    tableText(
      ['name', 'size'],
      [
        ['a long one', '1'],
        ['b', ''],
      ],
    ),
  ).toBe('NAME        SIZE\na long one  1\nb');
});

it('has a header where there is nothing', () => {
  expect(tableText(['name', 'size'], [])).toBe('NAME  SIZE');
});
