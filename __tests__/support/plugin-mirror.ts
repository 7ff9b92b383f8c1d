import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A Terraform plugin mirror that holds a real AWS provider: named in the environment, or in one of the usual places. */
export function pluginMirror(): string | undefined {
  const usual = [
    join(homedir(), '.terraform.d/plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ];
  const optional = existsSync('/opt') ? readdirSync('/opt').map((name) => join('/opt', name)) : [];
  const named = process.env.KAKEHASHI_TEST_PLUGIN_MIRROR;
  return (named ? [named] : [...usual, ...optional]).find((folder) =>
    existsSync(join(folder, 'registry.terraform.io/hashicorp/aws')),
  );
}
