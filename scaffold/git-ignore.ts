import type { ProjectFile } from './project-file';

/** What must not be committed. Folders of outputs have a .gitignore of their own too; this one also holds before they exist. */
export const IGNORED = [
  'node_modules/',
  '/out/',
  '/state/',
  '/sandbox.out/',
  '/cdktf.out/',
  '/cdktf.out.*/',
  '/records/',
  '/reviewed/',
  '/review/',
  '/drift/',
  '/last/',
  '.terraform/',
  '*.tfstate*',
] as const;

export const GIT_IGNORE: ProjectFile = {
  path: '.gitignore',
  text: `# States, plans, logs and pre-shared keys are in these folders.\n${IGNORED.join('\n')}\n`,
};
