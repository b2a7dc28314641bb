import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { reloadWhenCodeIsMissing } from './app/missing-code.ts';
import { router } from './app/router.tsx';
import { sendStrangersToSignIn } from './app/session-end.ts';
import { queryClient } from './client/api.ts';
import { watchAttendance } from './client/attendance.ts';
import { watchReach } from './client/reach.ts';
import { Toasts } from './ui/toasts.tsx';
import './styles/main.css';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');

reloadWhenCodeIsMissing();
sendStrangersToSignIn(router);
watchAttendance();
watchReach(queryClient);
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
);
