import { NO_ENDS } from '../../review/both-ends';
import { planDigest } from '../../review/record/digest';
import type { NormalPlan } from '../../review/record/normal-plan';
import { readRecords } from '../../review/record/read-records';
import type {
  EnvironmentRecord,
  Origin,
  PlannedOutcome,
  ReviewRecord,
  StackRecord,
} from '../../review/record/record';
import { recordText } from '../../review/record/record-text';
import { writeRecords } from '../../review/record/write-records';
import { countsOf, type StackPlan } from '../../terraform/plan/stack-plan';

export const SAMPLE_ORIGIN: Origin = {
  commit: '0123456789abcdef0123456789abcdef01234567',
  dirty: false,
  catalog: 'c'.repeat(64),
  lock: 'd'.repeat(64),
  kakehashi: '0.1.0',
  terraform: 'terraform 1.11.4',
  providers: { 'hashicorp/aws': '5.100.0' },
  simulated: false,
  made: '2026-11-30T12:00:00.000Z',
};

export interface SampleOptions {
  /** @default 'dev' */
  readonly environment?: string;
  /** How many stacks there are. @default 1 */
  readonly stacks?: number;
  /** How many resources each of them creates. @default 2 */
  readonly resources?: number;
  readonly origin?: Partial<Origin>;
}

/** The records of an environment whose stacks, `dev-aws-0000` and so on, each create some subnets: one of each, and the environment's. */
export function sampleRecords({
  environment = 'dev',
  stacks: count = 1,
  resources = 2,
  origin = {},
}: SampleOptions = {}): { readonly stacks: readonly StackRecord[]; readonly environment: EnvironmentRecord } {
  const ids = Array.from(
    { length: count },
    (_, index) => `${environment}-aws-${String(index).padStart(4, '0')}`,
  );
  const head = { version: 1, environment, origin: { ...SAMPLE_ORIGIN, ...origin }, stacks: ids } as const;
  return {
    stacks: ids.map((stack, index) => ({
      record: 'stack',
      ...head,
      stack,
      kind: 'aws-network',
      requires: [],
      outcome: samplePlanned(stack, index, resources),
    })),
    environment: {
      record: 'environment',
      ...head,
      ends: NO_ENDS,
      notes: [],
      findings: [],
      requireReview: false,
    },
  };
}

/** Changes the text of all records of a folder, and seals them anew: as another run would have written them. */
export function rewriteRecords(folder: string, change: (text: string) => string): void {
  const records = readRecords([folder]).flatMap(({ record }) => (record === undefined ? [] : [record]));
  writeRecords(
    folder,
    records.map((record): ReviewRecord => JSON.parse(change(recordText(record)))),
  );
}

/** A plan that creates subnets. */
export function samplePlanned(stack: string, index = 0, resources = 2): PlannedOutcome {
  const made = Array.from({ length: resources }, (_, at) => ({
    address: `aws_subnet.Nodes_${at}`,
    cidr: `10.${index % 250}.${at}.0/24`,
  }));
  const changes = made.map(({ address }) => ({ address, resourceType: 'aws_subnet', action: 'create' }));
  const plan: NormalPlan = {
    changes: made.map(({ address, cidr }) => ({
      address,
      type: 'aws_subnet',
      action: 'create',
      replacedBy: [],
      attributes: [{ name: 'cidr_block', after: cidr }],
    })),
    outputs: [],
  };
  const summary: StackPlan = {
    stack,
    counts: countsOf(changes),
    resources: changes,
    outputs: [],
    drift: [],
    effects: [{ weight: 'created', text: `${resources} subnets of nodes` }],
    values: made.map(({ address, cidr }) => ({
      address,
      type: 'aws_subnet',
      action: 'create',
      changes: [
        { attribute: 'cidr_block', after: cidr },
        { attribute: 'id', after: '(known after apply)' },
      ],
    })),
    outputValues: {},
  };
  return { kind: 'planned', digest: planDigest(plan), plan, summary, findings: [], positions: {} };
}
