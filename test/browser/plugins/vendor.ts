import { surroundings } from '../surroundings.ts';

/** Loads a script of an npm package, as a page does by tag. @param file below `node_modules`. */
export function vendor(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${surroundings.origin}/vendor/${file}`;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`cannot load ${script.src}`));
    document.head.append(script);
  });
}
