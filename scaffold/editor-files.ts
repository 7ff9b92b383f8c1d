import { SCHEMA_NAME } from './catalog/modeline';
import { jsonText } from './json-text';
import type { ProjectFile } from './project-file';

/** A line of a problem: `catalog/dev.yml:4:24: warning: site.public_ip: must be …`. An error has no word before its path. */
export const PROBLEM_PATTERN = '^(.+?):(\\d+):(\\d+): (?:(warning|note): )?(.+)$';

const EXTENSIONS = ['redhat.vscode-yaml'] as const;

/** What editors of the Visual Studio Code family read of a folder. */
export function editorFiles(environment: string): readonly ProjectFile[] {
  return [
    {
      path: '.vscode/settings.json',
      text: jsonText({
        'yaml.schemas': { [`./catalog/${SCHEMA_NAME}`]: ['/catalog/*.yml', '!/catalog/*.lock.yml'] },
        'yaml.customTags': [],
      }),
    },
    { path: '.vscode/extensions.json', text: jsonText({ recommendations: EXTENSIONS }) },
    {
      path: '.vscode/tasks.json',
      text: jsonText({
        version: '2.0.0',
        tasks: [
          task('kakehashi: validate', ['validate'], { kind: 'build', isDefault: true }),
          task('kakehashi: plan in the sandbox', ['plan', environment, '--sandbox'], { kind: 'test' }),
          task('kakehashi: apply in the sandbox', ['apply', environment, '--sandbox', '--yes'], {
            kind: 'none',
          }),
        ],
      }),
    },
  ];
}

/** What a devcontainer needs of the same: Node, Terraform, the packages and the extension. */
export function devcontainer(terraform: string): ProjectFile {
  return {
    path: '.devcontainer/devcontainer.json',
    text: jsonText({
      name: 'kakehashi',
      image: 'mcr.microsoft.com/devcontainers/javascript-node:22',
      features: {
        'ghcr.io/devcontainers/features/terraform:1': {
          version: terraform,
          tflint: 'none',
          terragrunt: 'none',
        },
      },
      postCreateCommand: 'npm install',
      customizations: { vscode: { extensions: EXTENSIONS } },
    }),
  };
}

type Group = { readonly kind: string; readonly isDefault?: boolean };

function task(label: string, args: readonly string[], group: Group) {
  return {
    label,
    type: 'process',
    command: 'npx',
    args: ['--no-install', 'kakehashi', ...args],
    options: { env: { NO_COLOR: '1' } },
    group: group.kind === 'none' ? 'none' : group,
    problemMatcher: {
      owner: 'kakehashi',
      source: 'kakehashi',
      fileLocation: ['autoDetect', '${workspaceFolder}'],
      severity: 'error',
      pattern: { regexp: PROBLEM_PATTERN, file: 1, line: 2, column: 3, severity: 4, message: 5 },
    },
  };
}
