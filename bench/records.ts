import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_ENDS } from '../review/both-ends';
import { mergeRecords } from '../review/merge/merge';
import { planDigest } from '../review/record/digest';
import { readRecords } from '../review/record/read-records';
import type { EnvironmentRecord, StackRecord } from '../review/record/record';
import { writeRecords } from '../review/record/write-records';
import { countsOf } from '../terraform/plan/stack-plan';
import { table } from './measure';

/** The records of a large environment: written, read and checked, and put together to one review. */
const STACKS = 400;
const RESOURCES = 35;

const HEAD = {
  version: 1,
  environment: 'big',
  origin: {
    dirty: false,
    catalog: 'c'.repeat(64),
    lock: 'd'.repeat(64),
    kakehashi: '0.1.0',
    terraform: 'terraform 1.11.4',
    providers: { 'hashicorp/aws': '5.100.0' },
    simulated: false,
    made: '2026-11-30T12:00:00.000Z',
  },
  stacks: Array.from({ length: STACKS }, (_, index) => `big-aws-${index}`),
} as const;

function stackRecord(stack: string): StackRecord {
  const attributes = Array.from({ length: 12 }, (_, at) => ({
    name: `attribute_${at}`,
    after: `${stack} ${at}`,
  }));
  const addresses = Array.from({ length: RESOURCES }, (_, at) => `aws_subnet.Nodes_${at}`);
  const action = 'create' as const;
  const type = 'aws_subnet';
  const changes = addresses.map((address) => ({ address, type, action, replacedBy: [], attributes }));
  const resources = addresses.map((address) => ({ address, resourceType: type, action }));
  const plan = { changes, outputs: [] };
  const values = addresses.map((address) => ({
    address,
    type,
    action,
    changes: attributes.map(({ name, after }) => ({ attribute: name, after })),
  }));
  const effects = [{ weight: 'created', text: `${RESOURCES} subnets of ${stack}` }] as const;
  const summary = {
    stack,
    counts: countsOf(resources),
    resources,
    outputs: [],
    drift: [],
    effects,
    values,
    outputValues: {},
  };
  const outcome = {
    kind: 'planned',
    digest: planDigest(plan),
    plan,
    summary,
    findings: [],
    positions: {},
  } as const;
  return { record: 'stack', ...HEAD, stack, kind: 'aws-network', requires: [], outcome };
}

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'kakehashi-bench-'));
  try {
    const whole: EnvironmentRecord = {
      record: 'environment',
      ...HEAD,
      ends: NO_ENDS,
      notes: [],
      findings: [],
      requireReview: false,
    };
    const records = [...HEAD.stacks.map(stackRecord), whole];
    const rows: string[][] = [];
    const timed = (what: string, work: () => unknown): void => {
      const started = performance.now();
      work();
      const ms = Math.round(performance.now() - started);
      rows.push([what, `${ms} ms`, `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB`]);
    };
    timed('written', () => writeRecords(folder, records));
    let read: ReturnType<typeof readRecords> = [];
    timed('read and checked', () => {
      read = readRecords([folder]);
    });
    timed('put together', () => mergeRecords(read));
    process.stdout.write(`${table([`${STACKS} records`, 'time', 'resident memory'], rows)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main();
