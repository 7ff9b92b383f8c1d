import { SandboxError } from './sandbox-error';
import type { SandboxObject } from './sandbox-object';

export type LogLine =
  | {
      readonly op: 'put';
      readonly object: SandboxObject;
      /** Whether the creation of a resource made it, and it is that resource. @default false */
      readonly made?: boolean;
    }
  | {
      /** The caller is told of an object that it asked for. */
      readonly op: 'answered';
      readonly type: string;
      readonly id: string;
      readonly region: string;
      /** Its id in the state. */
      readonly as: string;
    }
  | {
      readonly op: 'delete';
      readonly type: string;
      readonly id: string;
      readonly region: string;
      /** Milliseconds since 1970. @default - long ago */
      readonly at?: number;
    };

function parseLine(text: string): LogLine | undefined {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof line !== 'object' || line === null) return undefined;
  const { op, type, id, region, attributes, at, as, made } = line as Record<string, unknown>;
  if (typeof type !== 'string' || typeof id !== 'string' || typeof region !== 'string') return undefined;
  if (op === 'delete') return { op, type, id, region, ...(typeof at === 'number' ? { at } : {}) };
  if (op === 'answered') return typeof as === 'string' ? { op, type, id, region, as } : undefined;
  if (op !== 'put' || typeof attributes !== 'object' || attributes === null) return undefined;
  const object = { type, id, region, attributes: attributes as Record<string, unknown> };
  return { op, object, ...(made === true ? { made } : {}) };
}

/**
 * The lines of a log and their length in bytes. A last line without a newline is left out: its write was interrupted.
 *
 * @throws {@link SandboxError} when any other line cannot be read
 */
export function parseLog(bytes: Buffer, file: string): { lines: readonly LogLine[]; length: number } {
  const length = bytes.lastIndexOf(0x0a) + 1;
  const texts = bytes.subarray(0, length).toString('utf8').split('\n').slice(0, -1);
  const lines = texts.map((text, index) => {
    const line = parseLine(text);
    if (line !== undefined) return line;
    throw new SandboxError(
      `${file}:${index + 1}: must be a line of the sandbox's object log; remove the file to start anew`,
    );
  });
  return { lines, length };
}
