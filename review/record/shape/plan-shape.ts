import type { Json } from '../../../catalog/ground/json';
import { WEIGHTS } from '../../../terraform/plan/effect';
import { anything, choice, constant, count, list, named, object, text, truth } from './shapes';

/** What a stack's id can be; it is part of a file's name. */
export const STACK_ID = { pattern: '^[A-Za-z0-9_-]{1,120}$' };

/** What Terraform and its providers name: no word of a project. */
const TYPE = { pattern: '^[a-z][a-z0-9_-]{0,127}$' };
const WORD = { pattern: '^[a-z][a-z_-]{0,63}$' };

const address = () => text('The address in Terraform');
const before = anything('Absent where there was none');
const after = anything('Absent where there will be none');

export const NORMAL_PLAN = object({
  changes: list(
    object(
      {
        address: address(),
        type: text('The type of the resource', TYPE),
        action: choice(['create', 'update', 'replace', 'delete', 'import', 'forget', 'move']),
        replacedBy: list(text(), 'The attributes that force a replacement'),
        attributes: list(object({ name: text() }, { before, after }), 'What changes'),
      },
      {
        reason: text("Terraform's reason", WORD),
        from: text('The address in the state, where it is another one'),
        imports: text('The id by which it is taken into the state'),
      },
    ),
  ),
  outputs: list(object({ name: text() }, { before, after })),
});

export const DRIFT = object({
  address: address(),
  type: text(undefined, TYPE),
  attributes: list(text(), 'Empty where the whole object was deleted'),
});

export const RESOURCE_VALUES = object(
  {
    address: address(),
    type: text(undefined, TYPE),
    action: choice(['create', 'update', 'replace', 'delete', 'import', 'forget']),
    changes: list(object({ attribute: text() }, { before, after, replaces: constant(true) })),
  },
  { words: list(text()), told: list(text()) },
);

export const VALUES = list(RESOURCE_VALUES);

export const EFFECTS = list(
  object({ weight: choice(WEIGHTS), text: text() }, { addresses: list(address()) }),
  'What the plan does',
);

/** What a plan means. */
export const STACK_PLAN = object(
  {
    stack: text(undefined, STACK_ID),
    counts: object({
      create: count(),
      update: count(),
      replace: count(),
      delete: count(),
      import: count(),
      forget: count(),
    }),
    resources: list(
      object(
        { address: address(), resourceType: text(undefined, TYPE), action: text(undefined, WORD) },
        { reason: text(undefined, WORD) },
      ),
    ),
    outputs: list(text(), 'The names of the outputs that change'),
    drift: list(DRIFT),
    effects: EFFECTS,
    values: VALUES,
    outputValues: named(object({ changed: list(text()) }, { before, after })),
  },
  {
    adopted: list(object({ address: address(), id: text(), how: choice(['import', 'state']), at: text() })),
    before: list(text()),
    parallelism: count(),
  },
);

const ENTRY_CHANGE = object({
  name: text(),
  kind: choice(['added', 'changed', 'removed']),
  keys: list(object({ key: text() }, { before: anything<Json>(), after: anything<Json>() })),
});

/** What changes at the gateway and for the controller. */
export const BOTH_ENDS = object({
  hosts: list(
    object({
      publicIp: text(),
      host: text(),
      folder: text(),
      changes: list(
        object({ path: text(), kind: choice(['added', 'removed', 'changed', 'mode']), patch: text() }),
      ),
      newKeys: list(text()),
      steps: list(text()),
      ends: truth(),
    }),
  ),
  entries: list(ENTRY_CHANGE),
  configuration: list(ENTRY_CHANGE),
  neighbours: list(text()),
  unknown: list(text()),
  folders: list(object({ folder: text(), unlike: list(text()) })),
});
