import { PENDING_TEXT } from '../../model/net/address';
import { globFits } from '../glob';
import type { Resource } from '../resource';
import { beside, type Found, type Rule, type RuleContext, unseen, violated } from '../rule';
import {
  blocksAt,
  isUnknownText,
  isValues,
  listAt,
  referencesIn,
  seen,
  textAt,
  UNKNOWN,
  type Unknown,
  type Values,
  valueAt,
} from '../values';

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
    'aws_iam_policy_attachment',
    'aws_iam_role_policy_attachments_exclusive',
    'azurerm_role_definition',
    'azurerm_role_assignment',
  ],
  judge: (resource, context) => {
    switch (resource.type) {
      case 'aws_iam_role': {
        const inline = blocksAt(resource.values, 'inline_policy');
        if (inline === UNKNOWN) return [unseen('its policies are not known', 'inline_policy')];
        return [
          ...inline.flatMap(({ values, at }) =>
            documentFindings(
              resource,
              valueAt(values, 'policy') === UNKNOWN ? (values.policy ?? PENDING_TEXT) : values.policy,
              `${at}.policy`,
              context,
            ),
          ),
          ...managed(resource, 'managed_policy_arns'),
        ];
      }
      case 'aws_iam_role_policy_attachments_exclusive':
        return managed(resource, 'policy_arns');
      case 'aws_iam_role_policy_attachment':
      case 'aws_iam_policy_attachment':
        return managed(resource, 'policy_arn');
      case 'azurerm_role_definition':
        return azureDefinition(resource);
      case 'azurerm_role_assignment':
        return azureAssignment(resource);
      default:
        return documentFindings(resource, resource.values.policy, 'policy', context);
    }
  },
};

/** Policies of AWS that are as good as the account. */
const WIDE_POLICY = /:policy\/(AdministratorAccess|PowerUserAccess|IAMFullAccess)$/;

/** A policy of the same configuration is judged itself; in the name of one of AWS the partition may be an expression. */
function managed({ values }: Resource, attribute: string): readonly Found[] {
  return texts(values[attribute]).flatMap((arn) =>
    WIDE_POLICY.test(arn) ? [violated(`it may do what ${arn.split('/').at(-1)} allows`, attribute)] : [],
  );
}

/** Judges the statements of a document that a data source makes of blocks, where a policy is that document. */
function madeHere(
  resource: Resource,
  policy: unknown,
  attribute: string,
  context: RuleContext,
): readonly Found[] | undefined {
  if (typeof policy !== 'string' || !/^\$\{[^}]*\}$/.test(policy)) return undefined;
  const sources = referencesIn(policy);
  const document = beside(resource, context, 'data.aws_iam_policy_document').find(({ address }) =>
    sources.includes(address),
  );
  if (document === undefined) return undefined;
  const statements = blocksAt(document.values, 'statement');
  const merged = ['source_policy_documents', 'override_policy_documents'].some(
    (name) => valueAt(document.values, name) !== undefined,
  );
  if (statements === UNKNOWN) return undefined;
  const found = statements.flatMap(({ values }) =>
    statementFindings(
      {
        Effect: valueAt(values, 'effect') === UNKNOWN ? PENDING_TEXT : (values.effect ?? 'Allow'),
        Action: values.actions,
        NotAction: filled(values.not_actions),
        Resource: values.resources,
        NotResource: filled(values.not_resources),
      },
      attribute,
    ),
  );
  return merged ? [...found, unseen('a part of its policy is not known', attribute)] : found;
}

/** An empty list is the same as none. */
function filled(list: unknown): unknown {
  return list === null || (Array.isArray(list) && list.length === 0) ? undefined : list;
}

function documentFindings(
  resource: Resource,
  policy: unknown,
  attribute: string,
  context: RuleContext,
): readonly Found[] {
  return madeHere(resource, policy, attribute, context) ?? policyFindings(policy, attribute);
}

/** Judges the JSON of a policy. Expressions inside of its texts are fine where they are only a part of a name. */
function policyFindings(policy: unknown, attribute: string): readonly Found[] {
  if (policy === undefined || policy === null) return [];
  const document = typeof policy === 'string' ? parsed(policy) : policy;
  if (!isValues(document)) return [unseen('its policy is not known', attribute)];
  const statements = Array.isArray(document.Statement) ? document.Statement : [document.Statement];
  return statements.flatMap((statement: unknown) =>
    isValues(statement)
      ? statementFindings(statement, attribute)
      : [unseen('a part of its policy is not known', attribute)],
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
  const effect = seen(statement.Effect);
  if (effect === UNKNOWN) return [unseen('whether a part of its policy allows is not known', attribute)];
  if (effect !== 'Allow') return [];
  if (statement.NotAction !== undefined)
    return [violated('it may do everything but some actions', attribute)];
  const actions = texts(statement.Action);
  const resources = texts(statement.Resource);
  if (actions.some((one) => seen(one) === UNKNOWN)) return [unseen('what it may do is not known', attribute)];
  const wide = actions.find((action) => /^([^:]*\*[^:]*|[^:]+:[*?]*\*[*?]*)$/.test(action));
  if (wide !== undefined && (statement.NotResource !== undefined || resources.some(isEverywhere)))
    return [violated(`it may do ${wide} on everything`, attribute)];
  if (wide !== undefined && resources.some((one) => seen(one) === UNKNOWN && !OF_SERVICE.test(one)))
    return [unseen(`on what it may do ${wide} is not known`, attribute)];
  const passes = actions.some((action) => globFits(action, 'iam:PassRole'));
  const ofRoles =
    resources.length === 0 || resources.some((one) => !OF_SERVICE.test(one) || OF_IAM.test(one));
  return passes && ofRoles ? [violated('it may pass roles to services', attribute)] : [];
}

/** The beginning of a resource of a named service. */
const OF_SERVICE = /^arn:[^:]*:[a-z0-9-]+:/i;
const OF_IAM = /^arn:[^:]*:iam:/i;

/** Whether a resource is all that there is, or all of a service: `*`, `arn:aws:ec2:*:*:*`, `arn:aws:s3:::*`. */
function isEverywhere(resource: string): boolean {
  if (/^[*?:]*\*[*?:]*$/.test(resource)) return true;
  const [scheme, ...parts] = resource.split(':');
  return (
    scheme === 'arn' &&
    resource.endsWith('*') &&
    parts.slice(2).every((part) => /^(\*+(\/\*+)?)?$/.test(part))
  );
}

function texts(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Actions of Azure by which a role takes whatever it wants; each stands for those beside it. */
const GRANTING = [
  'Microsoft.Authorization/roleAssignments/write',
  'Microsoft.Authorization/roleDefinitions/write',
  'Microsoft.Authorization/elevateAccess/action',
];
/** What a role of one service has no business with: whoever may do it by a pattern may do it everywhere. */
const ELSEWHERE = [
  'Microsoft.Resources/subscriptions/resourceGroups/write',
  'Microsoft.Resources/subscriptions/resourceGroups/delete',
];

function isWideAction(action: string): boolean {
  if (GRANTING.some((one) => globFits(action, one))) return true;
  return /^\*/.test(action) && ELSEWHERE.some((one) => globFits(action, one));
}

function azureDefinition({ values }: Resource): readonly Found[] {
  const blocks = blocksAt(values, 'permissions');
  if (blocks === UNKNOWN) return [unseen('what the role may do is not known', 'permissions')];
  return blocks.flatMap(({ values: one, at }) => [
    ...azureActions(one, at, 'actions', isWideAction),
    ...azureActions(one, at, 'data_actions', (action) => /^[*/]+$/.test(action)),
  ]);
}

function azureActions(
  values: Values,
  at: string,
  name: string,
  isWide: (action: string) => boolean,
): readonly Found[] {
  const attribute = `${at}.${name}`;
  const actions = listAt(values, name);
  const all: readonly (string | Unknown)[] = actions === UNKNOWN ? [UNKNOWN] : (actions ?? []);
  return all.flatMap((action) => {
    if (action === UNKNOWN) return [unseen('what the role may do is not known', attribute)];
    return isWide(action) ? [violated(`the role may do ${action}`, attribute)] : [];
  });
}

const WIDE_ROLES: Readonly<Record<string, string>> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': 'Owner',
  'b24988ac-6180-42a0-ab88-20f7382dd24c': 'Contributor',
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': 'User Access Administrator',
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168': 'Role Based Access Control Administrator',
};

function azureAssignment({ values, written }: Resource): readonly Found[] {
  const byId = written.role_definition_name === undefined || written.role_definition_name === null;
  const attribute = byId ? 'role_definition_id' : 'role_definition_name';
  const named = textAt(values, attribute);
  // A role of the configuration is judged itself; any other has been judged by its owner.
  if (named === undefined || (byId && named === UNKNOWN)) return [];
  if (named === UNKNOWN) return [unseen('which role it gets is not known', attribute)];
  const role = byId
    ? WIDE_ROLES[named.split('/').at(-1)?.toLowerCase() ?? '']
    : Object.values(WIDE_ROLES).find((one) => one.toLowerCase() === named.toLowerCase());
  if (role === undefined) return [];
  const scope = values.scope;
  const where = typeof scope === 'string' && isUnknownText(scope) ? '' : ` on ${String(scope)}`;
  return [violated(`it gets the role ${role}${where}`, attribute)];
}
