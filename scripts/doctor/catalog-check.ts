import { counted } from '../../base/text/counted';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { pathText } from '../../catalog/ground/path';
import type { Problem } from '../../catalog/ground/problem';
import { statementText } from '../../catalog/ground/problem-text';
import { failed, passed } from '../report/finding';
import { shownDirectory } from '../session/read-catalog';
import type { Check } from './check';

/** Checks that the catalog is valid. */
export const CATALOG_CHECK: Check = {
  name: 'catalog',
  look: async ({ catalog, environment, settings }) => {
    const validate = `kakehashi validate ${environment}`;
    if (!(catalog instanceof CatalogError)) {
      const warnings = catalog.problems.filter(({ severity }) => severity === 'warning').length;
      const found = warnings === 0 ? 'valid' : `valid, with ${counted(warnings, 'warning')}`;
      return [passed(catalog.catalog.file, found, ...(warnings === 0 ? [] : [validate]))];
    }
    const errors = catalog.problems.filter(({ severity }) => severity === 'error');
    const [first] = errors;
    const file = `${shownDirectory(settings)}/${environment}.yml`;
    const summary = first === undefined ? 'not valid' : problemLine(first, file);
    const count = errors.length > 1 ? `${counted(errors.length, 'problem')}, the first: ` : '';
    return [failed(file, count + summary, validate)];
  },
};

function problemLine(problem: Problem, file: string): string {
  const { path, position } = problem.where;
  const said = statementText(problem);
  const where = path.length === 0 ? said : `${pathText(path)}: ${said}`;
  if (position === undefined) return where;
  const { line, column } = position;
  return position.file === file
    ? `${line}:${column}: ${where}`
    : `${position.file}:${line}:${column}: ${where}`;
}
