import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { makePrivate } from '../base/files';
import { stamp } from '../base/text/stamp';

/** A file that a Terraform writes to, unmasked. It is in the log folder until its lines are in a log. */
export interface OutputFile {
  readonly file: string;
  readonly stack: string;
  /** When the Terraform was started. */
  readonly since: Date;
}

/** `2026-11-22T01-02-03.456Z.dev-aws-default.output` */
const NAME = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3}Z)\.([A-Za-z0-9_-]+)\.output$/;

/** A name for the output of a stack's Terraform; its folder is made, and made private. */
export function newOutputFile(logs: string, stack: string, since = new Date()): OutputFile {
  makePrivate(logs);
  return { file: path.join(logs, `${stamp(since)}.${stack}.output`), stack, since };
}

/** The output files in a log folder, oldest first: those of running Terraforms, and those that killed runs left. */
export function outputFiles(logs: string): readonly OutputFile[] {
  if (!existsSync(logs)) return [];
  return readdirSync(logs)
    .sort()
    .flatMap((name) => {
      const [, date, hour, minute, second, stack] = NAME.exec(name) ?? [];
      if (stack === undefined) return [];
      return [{ file: path.join(logs, name), stack, since: new Date(`${date}T${hour}:${minute}:${second}`) }];
    });
}
