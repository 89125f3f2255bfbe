import { defineConfig } from 'vite';

export default defineConfig({
  base: '/assets/',
  worker: { format: 'es' },
  build: {
    manifest: true,
    assetsDir: '',
    assetsInlineLimit: 0,
    rollupOptions: { input: { page: 'src/page.css', live: 'src/live.ts', picture: 'src/picture.ts', map: 'src/map.ts', passkey: 'src/passkey.ts', import: 'src/import.ts', copy: 'src/copy.ts', chart: 'src/chart.ts', count: 'src/count.ts', 'count-worker': 'src/count-worker.ts', chat: 'src/chat.ts', widget: 'src/widget.ts' } },
  },
});
