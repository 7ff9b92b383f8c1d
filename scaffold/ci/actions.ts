/**
 * The actions of the workflows, each by the commit of a release: a tag can be moved to another one.
 *
 * Looked up in the actions' own repositories (November 2026).
 */
const ACTIONS = {
  checkout: ['actions/checkout', '3d3c42e5aac5ba805825da76410c181273ba90b1', 'v7.0.1'],
  'setup-node': ['actions/setup-node', '820762786026740c76f36085b0efc47a31fe5020', 'v7.0.0'],
  'setup-terraform': ['hashicorp/setup-terraform', 'dfe3c3f87815947d99a8997f908cb6525fc44e9e', 'v4.0.1'],
  'upload-artifact': ['actions/upload-artifact', 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f', 'v7.0.0'],
  'download-artifact': ['actions/download-artifact', '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c', 'v8.0.1'],
  'upload-sarif': [
    'github/codeql-action/upload-sarif',
    '8aad20d150bbac5944a9f9d289da16a4b0d87c1e',
    'v4.36.2',
  ],
  'aws-credentials': [
    'aws-actions/configure-aws-credentials',
    'e6de054238d6b7531b4efff3b6587d9aade6a06c',
    'v6.2.3',
  ],
} as const;

export type ActionName = keyof typeof ACTIONS;

/** `actions/checkout@3d3c… # v7.0.1`. */
export function actionText(name: ActionName): string {
  const [action, commit, version] = ACTIONS[name];
  return `${action}@${commit} # ${version}`;
}

export const ACTION_TEXTS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(ACTIONS).map(([name, [action, commit, version]]) => [
    name,
    `${action}@${commit} # ${version}`,
  ]),
);
