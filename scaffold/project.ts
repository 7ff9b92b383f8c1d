import { SCHEMA_NAME } from './catalog/modeline';
import { newCatalog } from './catalog/new-catalog';
import { type TakenFiles, takenCatalog } from './catalog/taken-catalog';
import { githubFiles } from './ci/github';
import { gitlabFiles } from './ci/gitlab';
import { devcontainer, editorFiles } from './editor-files';
import { GIT_IGNORE } from './git-ignore';
import { jsonText } from './json-text';
import { type PackageNeeds, packageFiles } from './package-files';
import type { ProjectFile } from './project-file';
import { readMe } from './read-me';
import type { CiSystem } from './record';
import type { Answers } from './set-keys';

export interface ProjectRequest {
  /** All answers, with their defaults. */
  readonly answers: Answers;
  /** The environment of scripts, tasks and the README: the first one that the project had. */
  readonly environment: string;
  /** Where the catalog's text comes from: the answers, or a controller's files; `kept` writes none. */
  readonly catalog: 'new' | TakenFiles | 'kept';
  /** The schema of catalogs. */
  readonly schema: unknown;
  readonly package: Omit<PackageNeeds, 'environment'>;
  readonly ci?: CiSystem;
}

/** The path of an environment's catalog. */
export function catalogPath(environment: string): string {
  return `catalog/${environment}.yml`;
}

/** All files of a project, in the order in which they are written. */
export function projectFiles(request: ProjectRequest): readonly ProjectFile[] {
  const { answers, environment, catalog, schema, ci } = request;
  const path = catalogPath(answers.environment ?? environment);
  const pipelines = { github: githubFiles, gitlab: gitlabFiles };
  return [
    ...(catalog === 'kept'
      ? []
      : [{ path, text: catalog === 'new' ? newCatalog(answers) : takenCatalog(catalog, answers) }]),
    { path: `catalog/${SCHEMA_NAME}`, text: jsonText(schema), generated: true },
    ...packageFiles({ ...request.package, environment }),
    GIT_IGNORE,
    readMe(request.package.name, environment, ci),
    ...editorFiles(environment),
    devcontainer(answers.terraform ?? ''),
    ...(ci === undefined ? [] : pipelines[ci](answers)),
  ];
}
