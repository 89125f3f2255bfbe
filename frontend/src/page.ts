import '@kern-ux/native/dist/kern.min.css';
