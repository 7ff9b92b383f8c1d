import { beside, Screen, wrap, wrapLines } from '../../base/screen';

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

describe('wrapLines', () => {
  test('breaks only lines that are too long, at words, two columns further in', () => {
    expect(wrapLines('short\n  a line of several words', 14)).toBe(
      'short\n  a line of\n    several\n    words',
    );
    expect(wrapLines('aaaaaaaaaaaaaaa b', 10)).toBe('aaaaaaaaaaaaaaa\n  b');
  });

  test('keeps what follows a label beside it, and gaps where they fit', () => {
    expect(wrapLines('Next:     one two   three four', 20)).toBe('Next:     one two\n          three four');
  });

  test('does not count styles, and keeps them', () => {
    const red = '\u001b[31mred\u001b[39m';
    expect(wrapLines(`${red} and blue`, 12)).toBe(`${red} and blue`);
    expect(wrapLines(`${red} and ${red}`, 10)).toBe(`${red} and\n  ${red}`);
  });

  test('loses no word, and no line is longer than the width but for one word', () => {
    const text = 'project   catalog/lab.yml, extends base.yml   2 networks to build, 3 entries as they are';
    for (let width = 20; width < 90; width += 1) {
      const wrapped = wrapLines(text, width);
      expect(wrapped.split(/\s+/)).toEqual(text.split(/\s+/));
      for (const line of wrapped.split('\n')) expect(line.length).toBeLessThanOrEqual(Math.max(width, 30));
    }
  });
});

describe('Screen.width', () => {
  const before = process.env.COLUMNS;
  afterEach(() => {
    if (before === undefined) delete process.env.COLUMNS;
    else process.env.COLUMNS = before;
  });
  const screen = (isTTY: boolean, columns?: number) =>
    new Screen({ isTTY, columns } as unknown as NodeJS.WriteStream, false);

  test("is the terminal's, else COLUMNS, else 80; a pipe without COLUMNS breaks no message", () => {
    delete process.env.COLUMNS;
    expect([screen(true, 60).width, screen(true, 60).wraps]).toEqual([60, true]);
    expect([screen(false).width, screen(false).wraps]).toEqual([80, false]);
    process.env.COLUMNS = '60';
    expect([screen(false).width, screen(false).wraps]).toEqual([60, true]);
    process.env.COLUMNS = 'wide';
    expect([screen(false).width, screen(false).wraps]).toEqual([80, false]);
    expect(screen(true, 10).width).toBe(40);
  });
});
