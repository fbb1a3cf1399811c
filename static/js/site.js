// What every page runs. Each part is a custom element that wraps markup the server wrote; without it the page still works.
import "./components/leave.js";
