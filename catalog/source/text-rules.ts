import type { Position } from '../ground/problem';
import type { ProblemList } from '../ground/problem-list';
import { type Path, quoted } from './node';

/** Longest text and longest key of a catalog, in characters. */
const LONGEST_TEXT = 4096;
const LONGEST_KEY = 128;

/** Control characters but for tab and newline, and what makes text read otherwise than it is (bidirectional marks). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

/** cdktf's own marker: a text that holds it would be replaced by something else. */
const TOKEN = '{TfToken[';

/** A pre-shared key by any name that a provider gives it. */
const PRESHARED_KEY = /^(tunnel[0-9]_)?(pre_?shared_?(key|secret)|psk)$/i;

/** Keys in which a credential may have been written by mistake. */
const SECRET_KEY = /(^|_)(access_key|secret_key|token|secret|secret_id|password|preshared_keys)$/i;

/** Names that JavaScript keeps for itself. */
const RESERVED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether a text may stand in a catalog, wherever it does. */
export function checkValueText(text: string, path: Path, position: Position, problems: ProblemList): boolean {
  if (text.length > LONGEST_TEXT) {
    const message = `must be at most ${LONGEST_TEXT} characters, got ${text.length}`;
    problems.error('too-long', path, message, position);
    return false;
  }
  if (text.includes(TOKEN)) {
    problems.error('token', path, `must not hold "${TOKEN}", cdktf's own marker`, position);
    return false;
  }
  if (INVISIBLE.test(text)) {
    const shown = SECRET_KEY.test(String(path.at(-1))) ? 'others (not shown)' : quoted(text);
    problems.error('control-character', path, `must be visible characters, got ${shown}`, position);
    return false;
  }
  return true;
}

/** Whether a key may stand in a catalog, wherever it does. */
export function checkKeyText(key: string, parent: Path, position: Position, problems: ProblemList): boolean {
  if (PRESHARED_KEY.test(key)) {
    const mend = 'remove it: AWS chooses the key, the driver hands it to the gateway';
    problems.error('secret', [...parent, key], 'a pre-shared key never stands in a catalog', position, mend);
    return false;
  }
  if (key.length > LONGEST_KEY) {
    const message = `a key must be at most ${LONGEST_KEY} characters, got ${key.length}`;
    problems.error('too-long', parent, message, position);
    return false;
  }
  if (RESERVED_KEYS.has(key) || key === '') {
    problems.error('bad-key', parent, `${quoted(key)} must not be a key`, position);
    return false;
  }
  if (key.includes(TOKEN)) {
    problems.error('token', parent, `a key must not hold "${TOKEN}", cdktf's own marker`, position);
    return false;
  }
  if (INVISIBLE.test(key) || /[\n\t]/.test(key)) {
    problems.error(
      'control-character',
      parent,
      `a key must be visible characters, got ${quoted(key)}`,
      position,
    );
    return false;
  }
  return true;
}
