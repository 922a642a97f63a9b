/* Stand-in for a pixel configuration: nothing switched on. */
