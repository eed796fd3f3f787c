import path from 'node:path';
import { rooms } from './rooms.mjs';

const inside = (file, room) => file === room || file.startsWith(`${room}/`);
const roomOf = (file) => rooms.find((room) => inside(file, room.path));
const packageOf = (specifier) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

/** What is wrong with importing `specifier` from `file` (both as paths inside the repository), or undefined. */
function complaint(file, specifier) {
  const from = roomOf(file);
  if (!from) return undefined;
  if (!specifier.startsWith('.')) {
    const name = packageOf(specifier);
    return from.packages?.includes(name) ? undefined : `${from.path} may not import the package ${name}.`;
  }
  const target = path.posix.join(path.posix.dirname(file), specifier);
  if (inside(target, from.path) || from.rooms.some((room) => inside(target, room))) return undefined;
  return `${from.path} may not import ${target}. It may import: ${from.rooms.join(', ') || 'nothing'}.`;
}

/** The arrows of rooms.mjs. It reads paths only, so an arrow can be tested before either end exists. */
export const roomArrows = {
  meta: { type: 'problem', schema: [], messages: { arrow: '{{complaint}}' } },
  create(context) {
    const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
    const check = (source) => {
      if (typeof source?.value !== 'string') return;
      const found = complaint(file, source.value);
      if (found) context.report({ node: source, messageId: 'arrow', data: { complaint: found } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      TSImportType: (node) => check(node.source),
    };
  },
};
