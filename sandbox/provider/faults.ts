import { readFileSync } from 'node:fs';
import { nearest } from '../../base/text/nearest';
import { SandboxError } from '../store/sandbox-error';

const OPERATIONS = ['plan', 'create', 'read', 'update', 'delete'] as const;
const KINDS = ['delay', 'late', 'error', 'throttle', 'partial', 'drop', 'crash'] as const;
const KEYS = ['type', 'operation', 'call', 'fault', 'code', 'seconds'];

function unknownType(type: string, types: readonly string[]): string {
  const near = nearest(type, types);
  return `must be, or match, a type that the sandbox simulates${near === undefined ? '' : ` (did you mean "${near}"?)`}`;
}

export type FaultOperation = (typeof OPERATIONS)[number];

/** A failure to inject. */
export interface Fault {
  /** A resource type or data source, in which `*` stands for any characters. */
  readonly type: string;
  readonly operation: FaultOperation;
  /** Only the n-th call of this operation for one type, counted from 1. @default - every call */
  readonly call?: number;
  /**
   * `delay` waits, then does the work. `late` does the work and logs it, then waits before it answers. `error` refuses with `code`. `throttle` waits, then refuses with the provider's message
   * after its last retry. `partial` makes the object, then refuses a later call of the creation. `drop` resets the stream without an answer, and does nothing. `crash` does the work and logs it, then
   * kills this process before it answers.
   */
  readonly fault: (typeof KINDS)[number];
  /** An error code of the API behind the provider. @default - `InternalError`; `RequestLimitExceeded` for `throttle` */
  readonly code?: string;
  /** @default 1 for `delay` and `late`, else 0 */
  readonly seconds?: number;
}

function oneOf(values: readonly string[]): string {
  return `one of ${values.join(', ')}`;
}

function isNumber(value: unknown, least: number): boolean {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= least);
}

/** The first problem of one entry: the key, and what its value must be. */
function problem(
  entry: Readonly<Record<string, unknown>>,
  types: readonly string[],
): readonly [key: string, demand: string] | undefined {
  const { type, operation, call, fault, code, seconds } = entry;
  const unknown = Object.keys(entry).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return [unknown, `is not a key of a fault; those are ${KEYS.join(', ')}`];
  if (typeof type !== 'string' || !/^[a-z0-9_*]+$/.test(type))
    return ['type', 'must be a resource type, or a glob such as *_gateway'];
  if (!OPERATIONS.some((name) => name === operation)) return ['operation', `must be ${oneOf(OPERATIONS)}`];
  if (!KINDS.some((name) => name === fault)) return ['fault', `must be ${oneOf(KINDS)}`];
  if (fault === 'partial' && operation !== 'create') return ['fault', 'partial must be a fault of create'];
  if (!isNumber(call, 1) || (call !== undefined && !Number.isInteger(call)))
    return ['call', 'must be a whole number from 1 on'];
  if (!isNumber(seconds, 0)) return ['seconds', 'must be a number from 0 on'];
  if (code !== undefined && typeof code !== 'string')
    return ['code', 'must be an error code such as InternalError'];
  if (!types.some((name) => matches(type, name))) return ['type', unknownType(type, types)];
  return undefined;
}

/**
 * Reads a file of faults.
 *
 * @param types the simulated types; each fault must match at least one
 * @throws {@link SandboxError} if the file cannot be read or is invalid
 */
export function readFaults(file: string, types: readonly string[]): readonly Fault[] {
  let entries: unknown;
  try {
    entries = JSON.parse(readFileSync(file, 'utf8'));
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException;
    const demand =
      code === 'ENOENT'
        ? 'must be there'
        : code === undefined
          ? 'must be JSON'
          : `must be readable (${code})`;
    throw new SandboxError(`${file}: ${demand}, since KAKEHASHI_SANDBOX_FAULTS names it`);
  }
  if (!Array.isArray(entries)) throw new SandboxError(`${file}: must be a list of faults`);
  entries.forEach((entry: unknown, index) => {
    if (typeof entry !== 'object' || entry === null)
      throw new SandboxError(`${file}: [${index}]: must be an object`);
    const wrong = problem(entry as Record<string, unknown>, types);
    if (wrong === undefined) return;
    const value = JSON.stringify((entry as Record<string, unknown>)[wrong[0]]);
    throw new SandboxError(
      `${file}: [${index}].${wrong[0]}: ${wrong[1]}${value === undefined ? '' : `, got ${value}`}`,
    );
  });
  return entries as readonly Fault[];
}

/** Counts the calls and finds the fault of each. */
export class Faults {
  private readonly calls = new Map<string, number>();

  constructor(private readonly faults: readonly Fault[]) {}

  /** Counts one call and gives the first fault that matches it, if any. */
  next(type: string, operation: FaultOperation): Fault | undefined {
    const key = `${type} ${operation}`;
    const call = (this.calls.get(key) ?? 0) + 1;
    this.calls.set(key, call);
    return this.faults.find(
      (fault) => fault.operation === operation && matches(fault.type, type) && (fault.call ?? call) === call,
    );
  }
}

function matches(glob: string, type: string): boolean {
  return new RegExp(`^${glob.replaceAll('*', '.*')}$`).test(type);
}
