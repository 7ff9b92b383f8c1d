import type { ResourceChange } from '../../../terraform/messages';
import {
  countsOf,
  countsText,
  hasChanges,
  PlanMessages,
  type StackPlan,
} from '../../../terraform/plan/stack-plan';

const change = (resourceType: string, action: string): ResourceChange => ({
  address: `${resourceType}.X`,
  resourceType,
  action,
});
const planned = (...changes: readonly ResourceChange[]) => {
  const messages = new PlanMessages();
  for (const one of changes) messages.add({ type: 'planned_change', text: '', change: one });
  return messages;
};
const planOf = (...resources: readonly ResourceChange[]): StackPlan => ({
  stack: 'dev-aws-x',
  counts: countsOf(resources),
  resources,
  outputs: [],
  drift: [],
  effects: [{ weight: 'changed', text: 'a | b <c>' }],
  values: [],
  outputValues: {},
});

describe('PlanMessages', () => {
  test('needs no look into the plan where a whole network is made, or destroyed, or nothing changes', () => {
    expect(planned().isComplete('aws_vpc')).toBe(true);
    expect(planned(change('aws_vpc', 'create'), change('aws_subnet', 'create')).isComplete('aws_vpc')).toBe(
      true,
    );
    expect(planned(change('aws_vpc', 'delete'), change('aws_subnet', 'delete')).isComplete('aws_vpc')).toBe(
      true,
    );
  });

  test('needs one for anything else', () => {
    expect(planned(change('vault_mount', 'create')).isComplete(undefined)).toBe(false);
    expect(planned(change('aws_subnet', 'create')).isComplete('aws_vpc')).toBe(false);
    expect(planned(change('aws_vpc', 'create'), change('aws_eip', 'update')).isComplete('aws_vpc')).toBe(
      false,
    );
    const drifted = planned(change('aws_vpc', 'create'));
    drifted.add({ type: 'resource_drift', text: '', change: change('aws_vpc', 'delete') });
    expect(drifted.isComplete('aws_vpc')).toBe(false);
  });

  test('counts neither reads nor what stays, and sees outputs that change', () => {
    const messages = planned(change('aws_availability_zones', 'read'), change('aws_vpc', 'noop'));
    messages.add({
      type: 'outputs',
      text: '',
      outputs: { a: { sensitive: false, action: 'create' }, b: { sensitive: true, action: 'noop' } },
    });
    expect(messages.resources).toEqual([]);
    expect(messages.outputs).toEqual(['a']);
  });
});

describe('countsText', () => {
  test('shows each kind of change with its sign', () => {
    const plan = planOf(
      change('a', 'create'),
      change('a', 'create'),
      change('b', 'update'),
      change('c', 'replace'),
      change('d', 'delete'),
    );
    expect(countsText(plan)).toBe('+ 2  ~ 1  -/+ 1  - 1');
    expect(hasChanges(plan)).toBe(true);
    expect(countsText(planOf())).toBe('no changes');
    expect(hasChanges({ ...planOf(), outputs: ['catalog'] })).toBe(true);
  });
});
