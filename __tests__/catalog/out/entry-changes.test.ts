import { readEntries } from '../../../catalog/out/entries';
import { entryChanges } from '../../../catalog/out/entry-changes';

describe('entryChanges', () => {
  test('are none between equal entries, whatever the order of their keys', () => {
    expect(entryChanges({ aws: { a: { x: 1, y: 2 } } }, { aws: { a: { y: 2, x: 1 } } })).toEqual([]);
  });

  test('are entries that are added, changed by key, and removed', () => {
    expect(
      entryChanges(
        { aws: { a: { x: 1, old: 'o' }, gone: { z: 1 } } },
        { aws: { a: { x: 2, added: [1] } }, aws_spot: { a: { x: 2 } } },
      ),
    ).toEqual([
      {
        name: 'aws/a',
        kind: 'changed',
        keys: [
          { key: 'x', before: 1, after: 2 },
          { key: 'added', after: [1] },
          { key: 'old', before: 'o' },
        ],
      },
      { name: 'aws_spot/a', kind: 'added', keys: [{ key: 'x', after: 2 }] },
      { name: 'aws/gone', kind: 'removed', keys: [{ key: 'z', before: 1 }] },
    ]);
  });

  test('see an entry without keys', () => {
    expect(entryChanges({}, { onpremises: { default: {} } })).toEqual([
      { name: 'onpremises/default', kind: 'added', keys: [] },
    ]);
    expect(entryChanges({ onpremises: { default: {} } }, { onpremises: { default: {} } })).toEqual([]);
  });
});

describe('readEntries', () => {
  test('finds maps of maps, and nothing in what is no YAML', () => {
    expect(readEntries("cci_version: '1.0'\naws:\n  a: { x: 1 }\n  b: text\n")).toEqual({
      aws: { a: { x: 1 } },
    });
    expect(readEntries('a: [')).toEqual({});
    expect(readEntries('')).toEqual({});
  });
});
