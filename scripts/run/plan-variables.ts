import { type Loaded, networkOf } from '../../catalog/environment/catalog';
import type { Kind, Stack } from '../../catalog/kinds/registry';
import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import { presharedKeyCidr } from '../../model/gateway/preshared-key-cidr';
import type { NormalPlan } from '../../review/record/normal-plan';
import type { PlannedResource } from '../../rules/configuration';
import type { BegunKey } from '../kinds/kind';
import { driverOf } from '../kinds/registry';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import { pendingRotation } from './gateway/rotation/rotations';

/** The parts of a run that plan. */
export interface PlanningRun {
  readonly session: Session;
  readonly loaded: Loaded;
  readonly initializer: Initializer;
  /** Gets what each plan means in its normal form, not masked yet, by stack. @default - nobody needs it */
  readonly normal?: Map<string, NormalPlan>;
  /** Gets the values that each plan has, for the rules, by stack. @default - nobody judges them */
  readonly judged?: Map<string, readonly PlannedResource[]>;
}

export interface PlanVariableOptions {
  readonly destroy: boolean;
  /** New pre-shared keys, by inside CIDR. @default - none */
  readonly newKeys?: Readonly<Record<string, string>>;
}

/**
 * The variables that a plan of an initialised stack needs: those of its kind, and the new keys of a rotation.
 *
 * @throws Failure
 */
export async function variablesOfPlan<K extends Kind>(
  { session, loaded, initializer }: PlanningRun,
  stack: Stack<K>,
  { destroy, newKeys = {} }: PlanVariableOptions,
): Promise<NodeJS.ProcessEnv> {
  const { planVariables, tunnels } = driverOf<K>(stack);
  if (planVariables === undefined)
    return Object.keys(newKeys).length === 0 ? {} : { TF_VAR_preshared_keys: JSON.stringify(newKeys) };
  const begun = begunKey(session, tunnels?.cloud, networkOf(loaded, stack)?.identity);
  return planVariables({
    session,
    loaded,
    initializer,
    stack,
    destroy,
    newKeys,
    ...(begun === undefined ? {} : { begun }),
  });
}

/** The unfinished rotation of a network. */
function begunKey(
  { folders }: Pick<Session, 'folders'>,
  cloud: CloudVpn | undefined,
  network: string | undefined,
): BegunKey | undefined {
  const begun = cloud && pendingRotation(folders, cloud.presharedKey);
  if (cloud === undefined || begun === undefined || begun.network !== network) return undefined;
  return { ...begun, insideCidr: presharedKeyCidr(cloud, begun.insideCidr) };
}
