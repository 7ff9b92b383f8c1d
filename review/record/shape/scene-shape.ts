import { LINK_KINDS, PART_KINDS } from '../../../draw/scene';
import { choice, constant, list, object, text } from './shapes';

const BUILT = {
  stack: text('The stack that makes it'),
  resources: list(text(), 'The addresses of its resources in the stack; * stands for any text'),
};

/** What a picture shows: data of the catalog. */
export const SCENE = object({
  version: constant(1),
  environments: list(text()),
  parts: list(
    object(
      {
        id: text(),
        kind: choice(PART_KINDS),
        environments: list(text()),
        title: text(),
        lines: list(text()),
      },
      { ...BUILT, sharedWith: list(text()), within: text('The id of the part that it is in') },
    ),
  ),
  links: list(
    object(
      {
        id: text(),
        kind: choice(LINK_KINDS),
        from: text('The id of a part'),
        to: text('The id of a part'),
        title: text(),
        lines: list(text()),
      },
      BUILT,
    ),
  ),
});
