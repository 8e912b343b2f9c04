<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: MIT -->
<!--
  Research data as a table of the document: what is counted by, and how many.
  The input is the view of src/facts/research.c, in one language, the numbers
  written as they are printed; the program adds ids, caption and source.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" indent="no"/>

  <xsl:template match="/research">
    <table>
      <xsl:if test="category or measure">
        <row header="yes">
          <cell align="left"><xsl:value-of select="category"/></cell>
          <cell align="right"><xsl:value-of select="measure"/></cell>
        </row>
      </xsl:if>
      <xsl:for-each select="row">
        <row>
          <cell align="left"><xsl:value-of select="@label"/></cell>
          <cell align="right"><xsl:value-of select="@text"/></cell>
        </row>
      </xsl:for-each>
    </table>
  </xsl:template>
</xsl:stylesheet>
