import { beside, wrap } from '../../base/screen';

describe('wrap', () => {
  test('breaks at spaces, and leaves a word that is too long whole', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('aaaaaaaaaa b', 4)).toEqual(['aaaaaaaaaa', 'b']);
  });
});

describe('beside', () => {
  test('puts paragraphs beside a label, wrapped', () => {
    expect(beside('  unit   ', ['one two three four five six seven', 'eight'], 39)).toBe(
      '  unit   one two three four five six\n         seven\n         eight',
    );
    expect(beside('  unit   no changes   ', [], 80)).toBe('  unit   no changes');
  });
});
