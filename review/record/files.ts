import type { ReviewRecord } from './record';

/** The name of a record's file. */
export function recordFileName(record: ReviewRecord): string {
  if (record.record === 'stack') return `${record.stack}.stack.json`;
  const part = record.shard === undefined ? '' : `.${record.shard.replace('/', '-of-')}`;
  return `${record.environment}${part}.environment.json`;
}

/** Whether a file is a review record, by its name. */
export function isRecordFile(name: string): boolean {
  return /\.(stack|environment)\.json$/.test(name);
}

/** The most bytes that a record has, and the most that all records of a review have. */
export const MOST_RECORD_BYTES = 16 * 1024 * 1024;
export const MOST_BYTES = 1024 * 1024 * 1024;
export const MOST_RECORDS = 5000;
/** How deep folders of records lie in each other. */
export const MOST_FOLDERS_DEEP = 8;
/** How deep the values of a record lie in each other: deeper ones are no plan, and cost the stack of whoever reads them. */
export const MOST_VALUES_DEEP = 100;
