import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ownIdentity, type ProcessIdentity } from './process-identity';

/** What a lock file records about the process that took the lock. */
export interface LockHolder extends ProcessIdentity {
  /** When the lock was taken, in ISO 8601, UTC. */
  readonly taken: string;
  /** Unique to this one taking of the lock: 16 hexadecimal digits. */
  readonly nonce: string;
}

/** This process as a new holder. */
export function newHolder(): LockHolder {
  return { ...ownIdentity(), taken: new Date().toISOString(), nonce: randomBytes(8).toString('hex') };
}

/** The text of a lock file: one line of JSON. */
export function lockText(holder: LockHolder): string {
  return `${JSON.stringify(holder)}\n`;
}

/** Reads a lock file: `absent` where there is none, `corrupt` where it is half-written or was written by something else. */
export function readHolder(file: string): LockHolder | 'absent' | 'corrupt' {
  try {
    return parseHolder(readFileSync(file, 'utf8')) ?? 'corrupt';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'absent';
    if (code === 'EISDIR') return 'corrupt';
    throw error;
  }
}

/** The largest pid that a system can give: pids are signed 32-bit integers. */
const LARGEST_PID = 2 ** 31 - 1;
const PRINTABLE = /^[\x21-\x7e]{1,255}$/;
const NAMESPACE = /^[\x21-\x7e]{0,64}$/;
const START = /^[\x20-\x7e]{0,128}$/;
const TAKEN = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const NONCE = /^[0-9a-f]{16}$/;

function parseHolder(text: string): LockHolder | undefined {
  const value = parseObject(text);
  if (value === undefined) return undefined;
  const { host, namespace, pid, start, taken, nonce } = value;
  const isPid = typeof pid === 'number' && Number.isInteger(pid) && pid > 0 && pid <= LARGEST_PID;
  if (!isPid || !matches(host, PRINTABLE) || !matches(namespace, NAMESPACE)) return undefined;
  if (!matches(start, START) || !matches(taken, TAKEN) || !matches(nonce, NONCE)) return undefined;
  return { host, namespace, pid, start, taken, nonce };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function matches(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}
