-- A state past its time says nothing any more, and is taken away when the next one is made.
grant delete on consent_requests to signalbox_app;
