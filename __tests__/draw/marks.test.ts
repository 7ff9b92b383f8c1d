import { type DrawnPlan, markScene } from '../../draw/marks';
import { sampleScene } from './sample-scene';

const scene = sampleScene(2);

function marksOf(plan: Partial<DrawnPlan>) {
  const { marks, scene: drawn } = markScene(scene, [{ stack: 'dev-n0', changes: [], outages: [], ...plan }]);
  const shown = Object.entries(marks).map(([id, { mark, action }]) =>
    [id, mark, ...(action ? [action] : [])].join(' '),
  );
  return { shown, gone: drawn.parts.filter(({ kind }) => kind === 'gone') };
}

describe('marks', () => {
  it.each([
    ['create', 'added'],
    ['update', 'changed'],
    ['replace', 'replaced'],
    ['delete', 'destroyed'],
    ['forget', 'destroyed'],
    ['import', 'changed'],
  ])('shows that a resource has the action %s as %s', (action, mark) => {
    expect(marksOf({ changes: [{ address: 'aws_subnet.A', action }] }).shown).toEqual([`n0/subnet ${mark}`]);
  });

  it('marks all tunnels of a connection, with the outage and what is done', () => {
    const changes = [{ address: 'aws_vpn_connection.Vpn_Connection', action: 'replace' }];
    const outages = [{ text: 'both tunnels go down', addresses: ['aws_vpn_connection.Vpn_Connection'] }];
    expect(marksOf({ changes, outages }).shown).toEqual(['n0/0 outage replaced', 'n0/1 outage replaced']);
  });

  it('marks the nodes of a stack by instances with keys', () => {
    const changes = [{ address: 'aws_instance.Nodes["a]b"]', action: 'replace' }];
    expect(marksOf({ stack: 'dev-nodes1', changes }).shown).toEqual(['n1/nodes replaced']);
  });

  it('shows what is drawn nowhere as a change of the whole, also where it is created or destroyed', () => {
    const changes = [{ address: 'aws_security_group_rule.In', action: 'create' }];
    expect(marksOf({ changes }).shown).toEqual(['n0 changed']);
  });

  it('puts an outage that is about no resource at the whole', () => {
    expect(marksOf({ outages: [{ text: 'traffic stops' }] }).shown).toEqual(['n0 outage']);
  });

  it('adds what the catalog has no longer and the plan destroys, three of many', () => {
    const changes = ['B', 'C', 'D', 'E'].map((name) => ({ address: `aws_subnet.${name}`, action: 'delete' }));
    const { shown, gone } = marksOf({ changes });
    expect(gone.map(({ title, within }) => `${title} in ${within}`)).toEqual([
      'aws_subnet.B in n0',
      'aws_subnet.C in n0',
      '2 more in n0',
    ]);
    expect(shown).toHaveLength(3);
  });

  it('has changes of other stacks nowhere, and counts as planned', () => {
    const marked = markScene(scene, [
      { stack: 'other', changes: [{ address: 'aws_vpc.X', action: 'create' }], outages: [{ text: 'x' }] },
    ]);
    expect(marked.marks).toEqual({});
    expect(marked.planned).toBe(true);
    expect(markScene(scene).planned).toBe(false);
  });

  it('says at most eight things of one part', () => {
    const changes = Array.from({ length: 20 }, (_, index) => ({
      address: `aws_x.R${index}`,
      action: 'create',
    }));
    const { marks } = markScene(scene, [{ stack: 'dev-n0', changes, outages: [] }]);
    expect(marks.n0?.texts).toHaveLength(8);
    expect(marks.n0?.texts.at(-1)).toBe('and 13 more');
  });
});
