import { isSecretName } from '../../base/text/secret-name';
import type { Path } from '../ground/path';
import type { Position } from '../ground/problem';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';

/** Longest text and longest key of a catalog, in characters. */
const LONGEST_TEXT = 4096;
const LONGEST_KEY = 128;

/** Control characters but for tab and newline, and what makes text read otherwise than it is (bidirectional marks). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

/** cdktf's own marker: a text that holds it would be replaced by something else. */
const TOKEN = '{TfToken[';

/** A pre-shared key by any name that a provider gives it. */
const PRESHARED_KEY = /^(tunnel[0-9]_)?((pre_?)?shared_?(key|secret)|psk)$/i;

/** Names that JavaScript keeps for itself. */
const RESERVED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a text may stand in a catalog, wherever it does. */
export function checkValueText(text: string, path: Path, position: Position, problems: ProblemList): boolean {
  const where = { path, position };
  if (text.length > LONGEST_TEXT) {
    const statement = { must: `must be at most ${LONGEST_TEXT} characters`, got: String(text.length) };
    problems.error('too-long', where, statement);
    return false;
  }
  if (text.includes(TOKEN)) {
    problems.error('token', where, `must not hold "${TOKEN}", cdktf's own marker`);
    return false;
  }
  if (INVISIBLE.test(text)) {
    const got = isSecretName(String(path.at(-1))) ? 'others (not shown)' : quoted(text);
    problems.error('control-character', where, { must: 'must be visible characters', got });
    return false;
  }
  return true;
}

/** Whether a key may stand in a catalog, wherever it does. */
export function checkKeyText(key: string, parent: Path, position: Position, problems: ProblemList): boolean {
  const where = { path: parent, position };
  if (PRESHARED_KEY.test(key)) {
    const fix =
      'remove it: the cloud chooses the key, or kakehashi where the cloud chooses none, and apply writes it into the files of the gateway';
    const own = { path: [...parent, key], position };
    problems.error('secret', own, 'a pre-shared key never stands in a catalog', fix);
    return false;
  }
  if (key.length > LONGEST_KEY) {
    const must = `a key must be at most ${LONGEST_KEY} characters`;
    problems.error('too-long', where, { must, got: String(key.length) });
    return false;
  }
  if (RESERVED_KEYS.has(key) || key === '') {
    problems.error('bad-key', where, `${quoted(key)} must not be a key`);
    return false;
  }
  if (key.includes(TOKEN)) {
    problems.error('token', where, `a key must not hold "${TOKEN}", cdktf's own marker`);
    return false;
  }
  if (INVISIBLE.test(key) || /[\n\t]/.test(key)) {
    problems.error('control-character', where, {
      must: 'a key must be visible characters',
      got: quoted(key),
    });
    return false;
  }
  return true;
}
