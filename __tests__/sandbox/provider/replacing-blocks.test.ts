import type { ObjectValue } from '../../../sandbox/protocol/values';
import { replacingBlocks } from '../../../sandbox/provider/replacing-blocks';
import type { Block } from '../../../sandbox/schemas/schema';

const DISK: Block = {
  attributes: {
    device: { type: 'string', required: true },
    kept: { type: 'bool', optional: true },
    label: { type: 'string', optional: true },
  },
};
const BLOCK: Block = {
  block_types: {
    disk: { nesting_mode: 'set', block: DISK },
    tag: { nesting_mode: 'set', block: DISK },
    group: { nesting_mode: 'list', block: { block_types: { disk: { nesting_mode: 'set', block: DISK } } } },
    options: { nesting_mode: 'list', block: { attributes: { mode: { type: 'string', optional: true } } } },
  },
};
const FURTHER = {
  setReplaces: ['disk.device', 'tag.label', 'group.disk.label'],
  blockPresence: ['options'],
};

const disk = (device: string, changes: ObjectValue = {}): ObjectValue => ({
  device,
  kept: null,
  label: null,
  ...changes,
});

it.each<[string, ObjectValue, ObjectValue, readonly (string | number)[][]]>([
  ['nothing', { disk: [disk('a')] }, { disk: [disk('a')] }, []],
  ['the order of a set', { disk: [disk('a'), disk('b')] }, { disk: [disk('b'), disk('a')] }, []],
  ['null for a zero value', { disk: [disk('a', { kept: false, label: '' })] }, { disk: [disk('a')] }, []],
  [
    'an element whose value replaces',
    { disk: [disk('a')] },
    { disk: [disk('a', { kept: true })] },
    [['disk']],
  ],
  ['an element whose value does not replace', { tag: [disk('a')] }, { tag: [disk('b')] }, []],
  [
    'a value that replaces where it was',
    { tag: [disk('a', { label: 'x' })] },
    { tag: [disk('a')] },
    [['tag']],
  ],
  ['a further element', { disk: [disk('a')] }, { disk: [disk('a'), disk('b')] }, [['disk']]],
  [
    'a set in a list',
    { group: [{ disk: [disk('a')] }, { disk: [] }] },
    { group: [{ disk: [disk('a')] }, { disk: [disk('a', { label: 'x' })] }] },
    [['group', 1, 'disk']],
  ],
  ['a block whose presence replaces', { options: [] }, { options: [{ mode: null }] }, [['options']]],
  ['a block that was there', { options: [{ mode: 'a' }] }, { options: [{ mode: 'b' }] }, []],
])('a change of %s', (_name, prior, planned, paths) => {
  expect(replacingBlocks(FURTHER, BLOCK, prior, planned)).toEqual(paths);
});
