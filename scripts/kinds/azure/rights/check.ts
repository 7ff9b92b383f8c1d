import type { JsonMap } from '../../../../catalog/ground/json';
import { shortError } from '../../../../terraform/diagnostics';
import { TerraformError } from '../../../../terraform/terraform';
import type { AskCloud, RightsVerdict } from '../../rights';
import {
  type Assignment,
  assignmentsOf,
  grants,
  holdsIn,
  permissionsOf,
  type RolePermission,
  textsIn,
} from './coverage';

const NAME = 'rights';
const ASSIGNMENTS = 'Microsoft.Authorization/roleAssignments/read';
const DEFINITIONS = 'Microsoft.Authorization/roleDefinitions/read';
const LIMITS =
  'not looked at: deny assignments, roles that are eligible and not active (PIM), and locks of resources';

/** An operation that a role must grant. */
interface Operation {
  readonly name: string;
  readonly isOnData: boolean;
}

/**
 * Compares what is needed in each subscription with the roles that the login has there. A role that a group has, or one that holds in a
 * part of the subscription or under a condition, may grant what the others do not: that is unknown, and not missing.
 */
export async function checkRoles(
  roles: ReadonlyMap<string, JsonMap>,
  ask: AskCloud,
): Promise<readonly RightsVerdict[]> {
  const verdicts: RightsVerdict[] = [];
  for (const [scope, role] of roles) {
    const subject = `Azure, ${scope}`;
    const needed: readonly Operation[] = [
      ...textsIn(role.Actions).map((name) => ({ name, isOnData: false })),
      ...textsIn(role.DataActions).map((name) => ({ name, isOnData: true })),
    ];
    try {
      verdicts.push({ subject, ...(await compared(needed, scope, ask)) });
    } catch (error) {
      if (!(error instanceof TerraformError)) throw error;
      verdicts.push({ subject, allowed: 0, missing: [], unknown: [reasonOf(error)] });
    }
  }
  return verdicts;
}

async function compared(
  needed: readonly Operation[],
  given: string,
  ask: AskCloud,
): Promise<Omit<RightsVerdict, 'subject'>> {
  const client = `\${data.azurerm_client_config.${NAME}`;
  const scope = given.endsWith('/SUBSCRIPTION') ? `/subscriptions/${client}.subscription_id}` : given;
  const answers = await ask({
    data: {
      azurerm_client_config: { [NAME]: {} },
      azurerm_role_assignments: { [NAME]: { scope } },
    },
    values: {
      login: `${client}.object_id}`,
      subscription: `/subscriptions/${client}.subscription_id}`,
      assignments: `\${data.azurerm_role_assignments.${NAME}.role_assignments}`,
    },
  });
  const subscription = scope === given ? given : String(answers.subscription);
  const login = String(answers.login);
  const all = assignmentsOf(answers.assignments).filter(
    ({ principal, kind }) => principal === login || kind === 'Group',
  );
  return verdictOn({ needed, subscription, login, all, roles: await rolesOf(all, subscription, ask) });
}

/** What the roles of assignments grant, by the ids of their definitions. */
async function rolesOf(
  all: readonly Assignment[],
  subscription: string,
  ask: AskCloud,
): Promise<ReadonlyMap<string, readonly RolePermission[]>> {
  const scopes = new Map(
    // A role may exist in the part of the subscription alone in which it is assigned.
    all.map((one) => [one.role, holdsIn(one, subscription) ? subscription : one.scope]),
  );
  if (scopes.size === 0) return new Map();
  const named = [...scopes].map(([id, scope], index) => ({ name: `${NAME}_${index}`, id, scope }));
  const answers = await ask({
    data: {
      azurerm_role_definition: Object.fromEntries(
        // The data source wants the id without the scope in which the role was defined.
        named.map(({ name, id, scope }) => [name, { role_definition_id: id.replace(/^.*\//, ''), scope }]),
      ),
    },
    values: Object.fromEntries(
      named.map(({ name }) => [name, `\${data.azurerm_role_definition.${name}.permissions}`]),
    ),
  });
  return new Map(named.map(({ name, id }) => [id, permissionsOf(answers[name])]));
}

interface Compared {
  readonly needed: readonly Operation[];
  readonly subscription: string;
  readonly login: string;
  /** Those of the login, and those of groups. */
  readonly all: readonly Assignment[];
  readonly roles: ReadonlyMap<string, readonly RolePermission[]>;
}

function verdictOn({ needed, subscription, login, all, roles }: Compared): Omit<RightsVerdict, 'subject'> {
  const of = (some: readonly Assignment[]) => some.flatMap(({ role }) => roles.get(role) ?? []);
  const isSure = (one: Assignment) =>
    one.principal === login && holdsIn(one, subscription) && !one.isConditional;
  const sure = of(all.filter(isSure));
  const maybe = of(all.filter((one) => !isSure(one)));
  const lacking = needed.filter(({ name, isOnData }) => !grants(sure, name, isOnData));
  const unclear = lacking.filter(({ name, isOnData }) => grants(maybe, name, isOnData));
  const missing = lacking.filter((one) => !unclear.includes(one));
  const names = unclear.map(({ name }) => name);
  const shown = `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
  return {
    principal: `object ${login}`,
    allowed: needed.length - lacking.length,
    missing: missing.map(({ name, isOnData }) => ({
      right: name,
      on: isOnData ? `${subscription}, on data` : subscription,
    })),
    unknown:
      unclear.length === 0
        ? []
        : [
            `only a role of a group, of a part of the subscription, or with a condition grants ${shown}; whether that is enough is not asked`,
          ],
    limits: LIMITS,
  };
}

function reasonOf({ diagnostics, lastLines, message }: TerraformError): string {
  const [first] = diagnostics;
  const text = first === undefined ? lastLines.join(' ') || message : shortError(first).message;
  const short = text.length > 300 ? `${text.slice(0, 299)}…` : text;
  const isDenied = /AuthorizationFailed|\b403\b/.test(text);
  return isDenied ? `the login may not read roles (${ASSIGNMENTS}, ${DEFINITIONS}): ${short}` : short;
}
