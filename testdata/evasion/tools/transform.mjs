// Runs bundlers, minifiers and obfuscators over scripts, as generate asks:
//
//   node transform.mjs JOBS.json
//
// JOBS.json is a list of {steps: [{tool, options}], files, out}: files is the
// text of each file of a project by its name, one of them index.js or index.mjs,
// where it begins; out is the one script that is written. The same jobs in
// the same place give the same bytes. The packages are those of the directory from
// which it runs.
import { builtinModules, createRequire } from 'node:module';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const require = createRequire(join(process.cwd(), 'package.json'));

// A tool gets the directory of the project and its first file, and returns a script.
const tools = {
  obfuscator: ({ options, text }) =>
    require('javascript-obfuscator').obfuscate(text, { seed: 7, target: 'node', ...options }).getObfuscatedCode(),
  terser: async ({ options, text }) => (await require('terser').minify(text, options)).code,
  uglify: ({ options, text }) => require('uglify-js').minify(text, options).code,
  jsfuck: ({ text }) => 'globalThis.require = require;\n' + require('jsfuck').JSFuck.encode(text, '1'),
  esbuild: ({ options, entry, dir }) => require('esbuild').buildSync({
    entryPoints: [entry], absWorkingDir: dir, bundle: true, platform: 'node', write: false, logLevel: 'error', ...options,
  }).outputFiles[0].text,
  rollup: async ({ options, entry }) => {
    const bundle = await require('rollup').rollup({
      input: entry, plugins: [require('@rollup/plugin-commonjs')()],
      external: name => builtinModules.includes(name.replace(/^node:/, '')), onwarn() {},
    });
    return (await bundle.generate({ format: 'cjs', ...options })).output[0].code;
  },
  webpack: ({ options, entry, dir }) => new Promise((done, fail) => {
    const output = { ...options.output, path: join(dir, 'out'), filename: 'index.js' };
    require('webpack')({ context: dir, entry, target: 'node', mode: 'production', ...options, output }, (error, stats) => {
      if (error || stats.hasErrors()) fail(error ?? new Error(stats.toString('errors-only')));
      else done(readFileSync(join(output.path, output.filename), 'utf8'));
    });
  }),
};

for (const { steps, files, out } of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const dir = join(dirname(resolve(process.argv[2])), 'project');
  let entry;
  for (const [name, text] of Object.entries(files)) {
    const file = join(dir, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (/^index\./.test(name)) entry = file;
  }
  for (const { tool, options } of steps) {
    const text = await tools[tool]({ options, entry, dir, text: readFileSync(entry, 'utf8') });
    entry = join(dir, 'step.js');
    writeFileSync(entry, text);
  }
  mkdirSync(dirname(resolve(out)), { recursive: true });
  writeFileSync(out, readFileSync(entry));
  rmSync(dir, { recursive: true });
}
