import type { JsonMap } from '../../../../catalog/ground/json';

/** An element of a policy. */
export interface Statement extends JsonMap {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}
