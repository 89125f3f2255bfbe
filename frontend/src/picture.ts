// Beside each chart offered as SVG: the same as PNG, painted by the browser. Only a script can do it, so a script offers it.
for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-png]')) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'kern-link as-link';
  button.textContent = link.dataset.png ?? '';
  button.addEventListener('click', () => save(link.href, link.download.replace(/\.svg$/, '.png')));
  item.append(button);
  link.closest('li')?.after(item);
}

function save(address: string, name: string): void {
  const picture = new Image();
  picture.addEventListener('load', () => {
    const canvas = document.createElement('canvas');
    canvas.width = picture.width * 2;
    canvas.height = picture.height * 2;
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => {
      if (!blob) return;
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    });
  });
  picture.src = address;
}
