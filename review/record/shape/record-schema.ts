import { RECORD } from './record-shape';
import type { Schema } from './shapes';

/** The schema of review records as it is published. Its version is that of the records. */
export function recordSchema(): Schema & {
  readonly $schema: string;
  readonly $id: string;
  readonly title: string;
} {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:kakehashi:review-record:1',
    title: 'A review record of Kakehashi, version 1',
    ...RECORD.schema,
  };
}
