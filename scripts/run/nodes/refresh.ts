import { inParallel } from '../../../base/pool';
import { priorResources, type StateResource } from '../../../terraform/plan/prior-resources';
import type { Attributes } from '../../../terraform/state/state-file';
import type { FoundMember, FoundNode } from '../../kinds/nodes';
import { driverOf } from '../../kinds/registry';
import type { Initializer } from '../../session/init';
import { refreshedResources } from '../../session/refreshed-state';
import type { Session } from '../../session/session';
import { QuestionFolder } from '../question-folder';
import type { GroupState } from './group-states';
import type { Findings } from './group-view';

/**
 * What the clouds say of the nodes of these groups now. Terraform asks them, and changes no state. Where its provider can't tell, nodes are
 * UNKNOWN.
 *
 * @throws TerraformError
 */
export async function askClouds(
  session: Session,
  initializer: Initializer,
  groups: readonly GroupState[],
): Promise<Pick<Findings, 'cloud' | 'members'>> {
  const cloud = new Map<string, FoundNode>();
  const members = new Map<string, readonly FoundMember[]>();
  const asked = groups.flatMap(({ name, output, stacks }) =>
    output === undefined ? [] : stacks.map((stack) => ({ name, output, stack })),
  );
  for (const stack of initializer.warmUps(asked.map(({ stack }) => stack.id))) await initializer.init(stack);
  await inParallel(asked, session.parallelism, async ({ name, output, stack }) => {
    const { nodes } = driverOf(stack);
    if (nodes === undefined) {
      for (const { instance_id: instanceId } of Object.values(output.nodes))
        cloud.set(instanceId, { instanceId, state: 'UNKNOWN' });
      return;
    }
    await initializer.init(stack.id);
    const data = nodes.asks?.({ stack: stack.id, output });
    const resources = await refreshedResources(session, stack.id, {});
    const answers = data === undefined ? [] : await askDataSources(session, stack.id, data);
    // What a data source tells is more than what the resource does.
    for (const node of [...resources, ...answers].flatMap((one) => nodes.nodeOf(one) ?? []))
      cloud.set(node.instanceId, node);
    if (output.kind === 'elastic' && nodes.membersOf !== undefined)
      members.set(name, nodes.membersOf(answers));
  });
  return { cloud, members };
}

/** What data sources answer, as resources. @param data - as a configuration's `data` has them */
async function askDataSources(
  session: Session,
  stack: string,
  data: Attributes,
): Promise<readonly StateResource[]> {
  const folder = new QuestionFolder(session, stack);
  try {
    return priorResources(await folder.plan({ data }));
  } finally {
    folder.remove();
  }
}
