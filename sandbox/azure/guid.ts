import { hex } from '../provider/derived';

/** A GUID that is derived from the parts, so that equal runs give equal results. */
export function guid(...parts: readonly string[]): string {
  return hex(32, ...parts).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
