import type { Resource } from '../resource';
import { type Found, type Rule, unseen, violated } from '../rule';
import { blocksAt, isUnknownText, isValues, listAt, seen, textAt, UNKNOWN, type Unknown } from '../values';

export const NARROW_ROLE: Rule = {
  id: 'KKH-NODE-05',
  severity: 'high',
  title: 'A role of nodes may do named things on named resources, and passes no other role',
  reason:
    'Who takes over a node has its role. An action * or service:* on * is the account; PassRole is any role that the account has.',
  fix: 'Name actions and resources. On Azure define a role with the actions that are needed, in the scope of the resource group.',
  references: [
    'CKV_AWS_62',
    'CKV_AWS_63',
    'CKV_AWS_274',
    'CKV_AWS_286',
    'CKV_AWS_290',
    'CKV_AWS_355',
    'CKV2_AWS_41',
  ],
  types: [
    'aws_iam_policy',
    'aws_iam_role_policy',
    'aws_iam_role',
    'aws_iam_role_policy_attachment',
    'azurerm_role_definition',
    'azurerm_role_assignment',
  ],
  judge: (resource) => {
    switch (resource.type) {
      case 'aws_iam_role': {
        const inline = blocksAt(resource.values, 'inline_policy');
        if (inline === UNKNOWN) return [unseen('its policies are not known', 'inline_policy')];
        return [
          ...inline.flatMap(({ values, at }) => policyFindings(values.policy, `${at}.policy`)),
          ...managed(listAt(resource.values, 'managed_policy_arns'), 'managed_policy_arns'),
        ];
      }
      case 'aws_iam_role_policy_attachment':
        return managed(textAt(resource.values, 'policy_arn'), 'policy_arn');
      case 'azurerm_role_definition':
        return azureDefinition(resource);
      case 'azurerm_role_assignment':
        return azureAssignment(resource);
      default:
        return policyFindings(resource.values.policy, 'policy');
    }
  },
};

/** Policies of AWS that are as good as the account. */
const WIDE_POLICY = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

function managed(
  arns: string | Unknown | readonly (string | Unknown)[] | undefined,
  attribute: string,
): readonly Found[] {
  const list: readonly (string | Unknown)[] =
    arns === undefined ? [] : Array.isArray(arns) ? arns : [arns as string | Unknown];
  return list.flatMap((arn) => {
    // A policy of the same configuration is judged itself.
    if (arn === UNKNOWN || !WIDE_POLICY.test(arn)) return [];
    return [violated(`it may do what ${arn.split('/').at(-1)} allows`, attribute)];
  });
}

/** Judges the JSON of a policy. Expressions inside of its texts are fine where they are only a part of a name. */
function policyFindings(policy: unknown, attribute: string): readonly Found[] {
  if (policy === undefined || policy === null) return [];
  const document = typeof policy === 'string' ? parsed(policy) : policy;
  if (!isValues(document)) return [unseen('its policy is not known', attribute)];
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return statements.flatMap((statement: unknown) =>
    isValues(statement) ? statementFindings(statement, attribute) : [],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function statementFindings(
  statement: Readonly<Record<string, unknown>>,
  attribute: string,
): readonly Found[] {
  if (statement.Effect !== 'Allow') return [];
  if (statement.NotAction !== undefined)
    return [violated('it may do everything but some actions', attribute)];
  const actions = texts(statement.Action);
  const resources = texts(statement.Resource);
  if (actions.some((one) => seen(one) === UNKNOWN)) return [unseen('what it may do is not known', attribute)];
  const found: Found[] = [];
  const wide = actions.find((action) => /^(\*|[a-z0-9-]+:\*)$/i.test(action));
  const everywhere = resources.includes('*') || statement.NotResource !== undefined;
  if (wide !== undefined && everywhere) found.push(violated(`it may do ${wide} on everything`, attribute));
  const pass = actions.find((action) => /^iam:(PassRole|Pass\*|P\*)$/i.test(action));
  if (pass !== undefined) found.push(violated('it may pass roles to services', attribute));
  return found;
}

function texts(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function azureDefinition({ values }: Resource): readonly Found[] {
  const blocks = blocksAt(values, 'permissions');
  if (blocks === UNKNOWN) return [unseen('what the role may do is not known', 'permissions')];
  return blocks.flatMap(({ values: one, at }) => {
    const actions = listAt(one, 'actions');
    if (actions === UNKNOWN) return [unseen('what the role may do is not known', `${at}.actions`)];
    return (actions ?? []).flatMap((action) => {
      if (action === UNKNOWN) return [unseen('what the role may do is not known', `${at}.actions`)];
      const isWide = /^(\*|\*\/(write|delete|action)|Microsoft\.Authorization\/\*.*)$/i.test(action);
      return isWide ? [violated(`the role may do ${action}`, `${at}.actions`)] : [];
    });
  });
}

const WIDE_ROLES = /^(Owner|Contributor|User Access Administrator|Role Based Access Control Administrator)$/;

function azureAssignment({ values }: Resource): readonly Found[] {
  const role = textAt(values, 'role_definition_name');
  // A role by its id is one of the configuration, or one that its owner has judged.
  if (role === undefined) return [];
  if (role === UNKNOWN) return [unseen('which role it gets is not known', 'role_definition_name')];
  if (!WIDE_ROLES.test(role)) return [];
  const scope = values.scope;
  const where = typeof scope === 'string' && isUnknownText(scope) ? '' : ` on ${String(scope)}`;
  return [violated(`it gets the role ${role}${where}`, 'role_definition_name')];
}
